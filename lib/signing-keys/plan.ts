/** Which key signs, and what rotation asks for at `now`. Pure; `signers` are the keys that still hold their private half. */
export type Signer = { kid: string; createdAt: Date }

export const rotateAfterDays = 90
/** A new key is published this long before it signs, so that nobody meets a Secret whose public key they have not seen. */
export const publishedAheadMinutes = 10

export type SigningPlan = { sign: string | null; create: boolean; retire: string[] }

export function planSigning(signers: readonly Signer[], now: Date): SigningPlan {
  const newestFirst = [...signers].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
  const published = newestFirst.filter(
    (key) => now.getTime() - key.createdAt.getTime() >= publishedAheadMinutes * 60_000,
  )
  const sign = published[0] ?? newestFirst.at(-1)
  const newest = newestFirst[0]
  return {
    sign: sign?.kid ?? null,
    create: !newest || now.getTime() - newest.createdAt.getTime() >= rotateAfterDays * 86_400_000,
    retire: published.slice(1).map((key) => key.kid),
  }
}
