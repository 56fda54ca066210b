import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { db, type Transaction } from '@/db/client'
import { memberships, users } from '@/db/schema'
import { platformChain } from '@/lib/audit/chain'
import { type Entry, recordEntries } from '@/lib/audit/record'
import { writeMail } from '@/lib/email/mail'
import { redeemCode } from '@/lib/otp/redeem-code'
import { sendCode } from '@/lib/otp/send-code'
import { done, refuse } from '@/lib/outcome'
import { actorOf, type RequestSource } from './actor'
import { createSession, hashSessionToken } from './session'

const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'Enter an email address such as name@example.com.')
  .pipe(z.email('Enter an email address such as name@example.com.'))

export const sendSignInCodeInput = z.strictObject({ email })
export const signInInput = z.strictObject({ email, code: z.string().max(20) })

/**
 * Sends a sign-in code. An address without an account gets a mail that says so: the same work, time and answer,
 * so that nobody learns from outside who has an account.
 * @param browser the asking browser's own random value; the code works nowhere else
 */
export async function sendSignInCode(
  input: { email: string },
  browser: string,
  at?: Date,
  askedFrom: string | null = null,
) {
  const known = await findUser(input.email)
  return sendCode(
    { ...target(input.email, browser), askedFrom },
    (code) => (known ? codeMail(code) : noAccountMail(input.email)),
    at,
  )
}

/** Signs in with a code and answers the session cookie's value. */
export async function signIn(
  input: { email: string; code: string },
  browser: string,
  from: RequestSource,
  now = new Date(),
  at?: Date,
) {
  const used = await redeemCode(target(input.email, browser), input.code, at)
  if (!used.ok) return used
  const user = await findUser(input.email)
  if (!user) return refuse('code-over')
  const token = await db().transaction(async (tx) => {
    const token = await createSession(tx, user.id, now)
    const by = { ...from, sessionHash: hashSessionToken(token) }
    await recordEntries(tx, await signInEntries(tx, user, by, 'code'), now)
    return token
  })
  return done({ sessionToken: token })
}

type SignedIn = Pick<typeof users.$inferSelect, 'id' | 'email' | 'name'>

/** One event in each organization that the person belongs to, as they stand in the audit log. */
export async function signInEntries(
  tx: Transaction,
  user: SignedIn,
  from: RequestSource & { sessionHash: string },
  method: 'code' | 'single sign-on',
): Promise<Entry[]> {
  const of = await tx
    .select({ organizationId: memberships.organizationId, role: memberships.role })
    .from(memberships)
    .where(eq(memberships.userId, user.id))
  const places = of.length > 0 ? of : [{ organizationId: platformChain, role: 'support' as const }]
  const event = {
    action: 'session.signed-in',
    subjectKind: 'user',
    subjectId: user.id,
    details: { method },
  }
  return places.map((place) => ({ actor: actorOf(user, place, from), event }))
}

async function findUser(address: string): Promise<SignedIn | null> {
  const [user] = await db().select().from(users).where(eq(users.email, address))
  return user ?? null
}

// Hashed, because a browser may send anything of any length, and a dump should name no browser.
function target(email: string, browser: string) {
  return {
    purpose: 'sign-in',
    email,
    binding: createHash('sha256').update(browser).digest('base64url'),
  } as const
}

function codeMail(code: string) {
  return writeMail({
    subject: 'Your sign-in code',
    heading: 'Enter this code to sign in',
    code,
    paragraphs: [
      'It works once and for 10 minutes, in the browser that asked for it.',
      'If you did not ask for it, you can ignore this mail.',
    ],
  })
}

function noAccountMail(address: string) {
  return writeMail({
    subject: 'Your sign-in attempt',
    heading: 'There is no account for this address',
    paragraphs: [
      `Somebody asked for a sign-in code for ${address}, which has no account here.`,
      'If it was you, try the address that your invitation was sent to, or ask an administrator of your organization. Otherwise you can ignore this mail.',
    ],
  })
}
