import { done, refuse } from '@/lib/outcome'

/** What holds for invitations: strangers get these mails, and the link opens an organization. Pure. */
export const invitationDays = 7
export const mostAddressesAtOnce = 20
export const mailsPerHour = 50
export const mailsPerHourAndAddress = 5

const hourMs = 3_600_000

export type SentMail = { email: string; createdAt: Date }

export function isOver({ expiresAt }: { expiresAt: Date }, now: Date): boolean {
  return now >= expiresAt
}

export function endOfInvitation(now: Date): Date {
  return new Date(now.getTime() + invitationDays * 24 * hourMs)
}

/**
 * Whether an organization may send so many mails more.
 * @param lastHour its invitations of the last hour, whatever became of them
 */
export function decideMails(lastHour: readonly SentMail[], wanted: readonly string[]) {
  for (const email of wanted) {
    const toAddress = lastHour.filter((sent) => sent.email === email)
    if (toAddress.length >= mailsPerHourAndAddress)
      return refuse('too-many-to-address', { email, retryAt: retryAt(toAddress, mailsPerHourAndAddress, 1) })
  }
  if (lastHour.length + wanted.length > mailsPerHour)
    return refuse('too-many-invitations', {
      left: Math.max(0, mailsPerHour - lastHour.length),
      retryAt: retryAt(lastHour, mailsPerHour, wanted.length),
    })
  return done()
}

/** When enough of what was sent is an hour old for `count` more. */
function retryAt(sent: readonly SentMail[], most: number, count: number): Date {
  const times = sent.map(({ createdAt }) => createdAt.getTime()).sort((a, b) => a - b)
  const lastInTheWay = times[sent.length + count - most - 1] ?? 0
  return new Date(lastInTheWay + hourMs)
}
