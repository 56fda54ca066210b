import type { OrganizationKeyActed } from '@/lib/notices/kinds'
import type { NoticeWords, Sentence } from './sentence'
import { type Doer, doneByText, lastUseText } from './use-words'

/** Whom to ask, and what to do in doubt. */
export function notExpected({ by, byEmail }: Doer, act: string): Sentence {
  return [`If you did not expect this, ask ${byEmail ? by : 'the other admins'}. ${act}`]
}

export function whoAndUse({ lastUse, ...doer }: OrganizationKeyActed): NoticeWords['facts'] {
  return [
    { label: 'Done by', value: [doneByText(doer)] },
    { label: 'Last use of the key', value: lastUseText(lastUse) },
  ]
}
