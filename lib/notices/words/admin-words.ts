import { roleNames } from '@/lib/members/roles'
import type { AdminEnded } from '@/lib/notices/kinds'
import type { NoticeWords } from './sentence'
import { doneByText } from './use-words'

export function adminEndedWords(facts: AdminEnded): NoticeWords {
  const { name, email, became, by } = facts
  return {
    title: [became ? `${by} made ${name} ${roleNames[became]}` : `${by} removed the admin ${name}`],
    sentences: [
      [
        became
          ? `${by} changed the role of ${name} from ${roleNames.admin} to ${roleNames[became]}.`
          : `${by} removed ${name}, who was an admin, from the organization.`,
        ' From then on others hear of what is done with the organization key, and this person does not.',
      ],
      [`If you did not expect this, ask ${by}, and look under Members who is an admin.`],
    ],
    facts: [
      { label: 'Person', value: [`${name} (${email})`] },
      { label: 'Role now', value: [became ? roleNames[became] : 'None: removed'] },
      { label: 'Done by', value: [doneByText(facts)] },
    ],
    action: { text: 'Open Members', path: '/settings/members' },
  }
}
