import type { DropReason } from '@/lib/notices/kinds'
import type { DeliveriesView } from '@/lib/notices/mail/find-deliveries'
import type { MailState } from '@/lib/notices/mail/mail-state'
import type { Sentence } from '@/lib/notices/words/sentence'

const dropWords: Record<DropReason, string> = {
  'key-deleted': 'the key was deleted before',
  'key-disabled': 'the key was disabled before',
  'key-ended': 'the key had ended by then',
  'end-changed': 'the end of the key was changed before',
  'key-replaced': 'another key had replaced it by then',
  'newer-notice': 'a newer notification about the key went out instead',
  'not-a-recipient': 'no longer a recipient',
  undeliverable: 'the mail service refused it for three days',
}

/** How a person's mail stands, for admins. */
export function mailText(mail: MailState): Sentence {
  switch (mail.state) {
    case 'mailed':
      return ['Mailed ', new Date(mail.at)]
    case 'dropped':
      return [`Not sent: ${dropWords[mail.reason]}`]
    case 'waiting':
      if (mail.tries === 0) return ['Waiting to be sent']
      if (mail.problem === null) return ['Being sent now']
      return [`Waiting after ${triesText(mail.tries)}, next `, new Date(mail.nextAt), `. ${mail.problem}`]
  }
}

const triesText = (tries: number) => `${tries} ${tries === 1 ? 'try' : 'tries'}`

/** All of a notice's mails in one line. */
export function mailsText({ mailed, waiting, dropped }: DeliveriesView): string {
  const counts = [
    [mailed, 'sent'],
    [waiting, 'waiting'],
    [dropped, 'not sent'],
  ] as const
  const parts = counts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count.toLocaleString('en')} ${word}`)
  return `Mail: ${parts.join(', ')}`
}
