/** Why a mail was not taken. Pure. */
export type MailProblem =
  | 'no-answer'
  | 'unreachable'
  | 'not-let-in'
  | 'busy'
  | 'out-of-order'
  | 'refused'
  | 'unwritable'

/** What an organization's admins read; the exact cause is in the log, for those who run Keyturn. */
export const mailProblemText: Record<MailProblem, string> = {
  'no-answer': 'The mail service did not answer in time.',
  unreachable: 'The mail service cannot be reached.',
  'not-let-in': 'The mail service does not let Keyturn in.',
  busy: 'The mail service takes no more mails for now.',
  'out-of-order': 'The mail service is out of order.',
  refused: 'The mail service refused this mail.',
  unwritable: 'This mail could not be written.',
}

/** Whether other mails will fare the same: then there is no use in trying each of them. */
export function isOfTheService(problem: MailProblem): boolean {
  return problem !== 'refused' && problem !== 'unwritable'
}
