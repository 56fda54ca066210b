import type { UserActor } from '@/lib/auth/actor'
import { sendMail } from '@/lib/email/send'
import { env } from '@/lib/env'
import { writeInvitationMail } from './invitation-mail'
import type { IssuedInvitation } from './issue-invitation'
import { markMailed } from './store'

/**
 * Mails invitations after their commit, one recipient a message.
 * @returns the addresses whose mail was not taken; their invitations stand, and can be sent again
 */
export async function mailInvitations(
  issued: readonly IssuedInvitation[],
  organization: { name: string; timeZone: string },
  actor: UserActor,
  now: Date,
): Promise<string[]> {
  const results = await Promise.all(
    issued.map(async (invitation) => {
      const mail = writeInvitationMail({
        invitation,
        organization,
        invitedBy: actor.name,
        consoleUrl: env().CONSOLE_URL,
      })
      const { ok } = await sendMail({ ...mail, to: invitation.email }, invitation.id)
      return { ...invitation, ok }
    }),
  )
  const taken = results.filter(({ ok }) => ok).map(({ id }) => id)
  await markMailed(actor.organizationId, taken, now)
  return results.filter(({ ok }) => !ok).map(({ email }) => email)
}
