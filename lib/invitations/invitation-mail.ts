import { type Mail, writeMail } from '@/lib/email/mail'
import { roleLines, roleNames } from '@/lib/members/roles'
import { momentText } from '@/lib/moment-text'
import type { IssuedInvitation } from './issue-invitation'

type Facts = {
  invitation: IssuedInvitation
  organization: { name: string; timeZone: string }
  invitedBy: string
  consoleUrl: string
}

/** The mail of an invitation: who invites whom to what, and what to do. Pure. */
export function writeInvitationMail({
  invitation,
  organization,
  invitedBy,
  consoleUrl,
}: Facts): Omit<Mail, 'to'> {
  const { role, email, expiresAt, token } = invitation
  return writeMail({
    subject: `Invitation to ${organization.name}`,
    heading: `${invitedBy} invites you to ${organization.name}`,
    paragraphs: [
      `Your role there would be ${roleNames[role]}: ${roleLines[role].toLowerCase().replace(/\.$/, '')}.`,
      `Open the link below. A code is then mailed to ${email}, and you are in.`,
      `The link works once, until ${momentText(expiresAt, organization.timeZone)}, and for this address only.`,
      `If you do not know ${invitedBy} or ${organization.name}, you can ignore this mail.`,
    ],
    link: { text: 'Open the invitation', url: `${consoleUrl}/join/${token}` },
  })
}
