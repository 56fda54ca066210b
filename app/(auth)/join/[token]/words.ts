import { codeWords } from '@/components/codes/code-words'

/** Words for what joining may refuse. */
export function joinWords(refusal: { ok: false; reason: string; details?: unknown } | null): string {
  if (refusal?.reason === 'invitation-over')
    return 'This invitation is not open any more. Ask an admin of the organization to send it again.'
  return codeWords(refusal)
}
