import type { UserActor } from '@/lib/auth/actor'
import { writeMail } from '@/lib/email/mail'
import { sendMail } from '@/lib/email/send'
import { env } from '@/lib/env'
import { exactSizeText, sizeText } from './sizes'

type Asked = {
  id: string
  organizationName: string
  limitBytes: number
  wantedBytes: number
  reason: string
  by: Pick<UserActor, 'name' | 'email'>
  support: readonly { id: string; email: string }[]
}

/** A mail to each of the platform's staff. The request stands on their desk whether or not a mail arrives. */
export async function tellSupport(asked: Asked): Promise<void> {
  const { organizationName: name, limitBytes, wantedBytes, reason, by } = asked
  const mail = writeMail({
    subject: `${name} asks for a media limit of ${sizeText(wantedBytes)}`,
    heading: `${name} asks for a larger media limit`,
    paragraphs: [
      `Wanted: ${exactSizeText(wantedBytes)}. Now: ${exactSizeText(limitBytes)}.`,
      `${by.name} (${by.email}) gives this reason: “${reason}”`,
      `Answer it at ${env().CONSOLE_URL}/support.`,
    ],
  })
  await Promise.all(
    asked.support.map(({ id, email }) => sendMail({ ...mail, to: email }, `${asked.id} ${id}`)),
  )
}
