import { doorWords } from '@/components/refusals'

/** Words for what sending or entering a code may answer (lib/otp), and for what any action may. */
export function codeWords(refusal: { reason: string; details?: unknown } | null): string {
  switch (refusal?.reason) {
    case 'mail-failed':
      return 'We could not send the code. Try again.'
    case 'too-many-codes':
      return `That were too many codes for one hour. Try again at ${clock(refusal.details)}.`
    case 'too-many-tries':
      return 'There were too many wrong codes for this account. Codes work again tomorrow.'
    case 'code-over':
      return 'This code does not work any more. Send a new one.'
    case 'wrong-code':
      return wrongCode(refusal.details)
    default:
      return doorWords(refusal)
  }
}

function wrongCode(details: unknown): string {
  const { triesLeft } = details as { triesLeft: number }
  if (triesLeft === 0) return 'That is not the code, and it does not work any more. Send a new one.'
  return `That is not the code. ${triesLeft === 1 ? '1 try is' : `${triesLeft} tries are`} left.`
}

function clock(details: unknown): string {
  const { retryAt } = details as { retryAt: Date }
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' }).format(retryAt)
}
