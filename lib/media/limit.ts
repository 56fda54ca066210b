/** What support set: the limit, and another one in its place until it ends. Moments in milliseconds since 1970. */
export type MediaLimitFacts = {
  readonly mediaLimitBytes: number
  readonly temporaryMediaLimitBytes: number | null
  readonly temporaryMediaLimitEndsAt: number | null
}

type LimitColumns = Omit<MediaLimitFacts, 'temporaryMediaLimitEndsAt'> & {
  readonly temporaryMediaLimitEndsAt: Date | null
}

/** The facts of an organization's row. */
export function limitFactsOf(row: LimitColumns): MediaLimitFacts {
  return {
    mediaLimitBytes: row.mediaLimitBytes,
    temporaryMediaLimitBytes: row.temporaryMediaLimitBytes,
    temporaryMediaLimitEndsAt: row.temporaryMediaLimitEndsAt?.getTime() ?? null,
  }
}

/** The largest limit that support can set: an upload is one JSON body, and its decoded bytes are held in memory. */
export const largestMediaLimitBytes = 104_857_600

/** The limit on the decoded size at the moment `now`; a temporary one ends by itself, at its exact moment. */
export function effectiveMediaLimit(facts: MediaLimitFacts, now: number): number {
  const { temporaryMediaLimitBytes, temporaryMediaLimitEndsAt } = facts
  if (temporaryMediaLimitBytes === null || temporaryMediaLimitEndsAt === null) return facts.mediaLimitBytes
  return now < temporaryMediaLimitEndsAt ? temporaryMediaLimitBytes : facts.mediaLimitBytes
}

/** The length of the Base64 text of so many bytes, padding included (RFC 4648, 4). */
export function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4
}
