import type { DropReason } from '@/lib/notices/kinds'

/** How the mail of one notice to one person stands. Moments are ISO 8601 in UTC. */
export type MailState =
  | { state: 'mailed'; at: string }
  | { state: 'dropped'; reason: DropReason }
  /** `problem`: why the last of its tries failed; null before the first one failed. */
  | { state: 'waiting'; tries: number; nextAt: string; problem: string | null }

type DeliveryFacts = {
  mailedAt: Date | null
  dropReason: string | null
  nextMailAt: Date | null
  mailTries: number
  mailProblem: string | null
}

export function mailStateOf(facts: DeliveryFacts): MailState {
  if (facts.mailedAt) return { state: 'mailed', at: facts.mailedAt.toISOString() }
  if (facts.dropReason) return { state: 'dropped', reason: facts.dropReason as DropReason }
  if (!facts.nextMailAt) throw new Error('a mail that is settled was sent or dropped')
  return {
    state: 'waiting',
    tries: facts.mailTries,
    nextAt: facts.nextMailAt.toISOString(),
    problem: facts.mailProblem,
  }
}
