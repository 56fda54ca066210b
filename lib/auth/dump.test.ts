import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { addMember, createOrganization, createUser } from '@/db/factories'
import { testDatabaseWithMail } from '@/db/testing/setup'
import { env } from '@/lib/env'
import { issue } from '@/lib/organization-keys/issue'
import { reveal } from '@/lib/organization-keys/reveal'
import { revoke } from '@/lib/organization-keys/revoke'
import { authorize } from './authorize'
import { findSession } from './session'
import { sendSignInCode, signIn } from './sign-in'
import { confirmStepUp, sendStepUpCode } from './step-up'

const from = { address: '203.0.113.7', userAgent: 'Mozilla/5.0' }
const email = 'ann@example.com'

type Told<T> = { ok: true; value: T } | { ok: false; reason: string }
const { owner, mail } = await testDatabaseWithMail()
function told<T>(outcome: Told<T>): T {
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value
}

/** Every column of every table as text, and every table as COPY writes it. */
async function dump(): Promise<{ tables: string[]; content: string }> {
  const tables = (
    await owner`select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`
  ).map((row) => row.table_name as string)
  const parts: string[] = []
  for (const table of tables) {
    const columns = await owner`select column_name, data_type from information_schema.columns
      where table_schema = 'public' and table_name = ${table}`
    for (const { column_name: name, data_type: type } of columns) {
      const values = await owner`select ${owner(name)}::text as value from ${owner(table)}`
      parts.push(...values.map((row) => String(row.value)))
      if (type !== 'bytea') continue
      const plain = await owner`select encode(${owner(name)}, 'escape') as value from ${owner(table)}`
      parts.push(...plain.map((row) => String(row.value)))
    }
    parts.push(await text(await owner`copy (select * from ${owner(table)}) to stdout`.readable()))
  }
  return { tables, content: parts.join('\n') }
}

test('a dump after sign-in, step-up and reveal holds no code, token, API key, Secret or master key', async () => {
  const userId = await createUser({ email, name: 'Ann' })
  const organizationId = await createOrganization({ name: 'Org' })
  await addMember(organizationId, userId, 'admin')
  const actorOf = async (token: string) => {
    const allowed = authorize(await findSession(token), organizationId, 'organization-keys:reveal', from)
    if (!allowed.ok) throw new Error(allowed.reason)
    return allowed.actor
  }

  const browser = 'the-random-value-of-the-browser'
  await sendSignInCode({ email }, browser)
  const signInCode = mail.code(email)
  const { sessionToken: first } = told(await signIn({ email, code: signInCode }, browser, from))
  const { keyId } = told(await issue({}, await actorOf(first)))
  const { successorId } = told(await revoke({ keyId }, await actorOf(first)))
  await sendStepUpCode({ id: keyId, name: 'the key' }, await actorOf(first))
  const usedCode = mail.code(email)
  const { sessionToken: second } = told(await confirmStepUp(keyId, usedCode, await actorOf(first)))
  const [old, current] = [
    told(await reveal({ keyId }, await actorOf(second))),
    told(await reveal({ keyId: successorId }, await actorOf(second))),
  ]
  await sendStepUpCode({ id: successorId, name: 'the key' }, await actorOf(second))
  const openCode = mail.code(email)

  const { tables, content } = await dump()
  expect(tables.length).toBeGreaterThanOrEqual(12)
  for (const there of [email, organizationId, keyId, 'session.signed-in', old.apiKey.slice(0, 11)])
    expect(content).toContain(there)
  for (const secret of [
    browser,
    first,
    second,
    ...[old, current].flatMap(({ apiKey, secret }) => [
      apiKey,
      apiKey.slice(11, -4),
      secret,
      ...secret.split('.'),
    ]),
    ...env().MASTER_KEY.flatMap(({ bytes }) => [bytes.toString('base64'), bytes.toString('hex')]),
    'PRIVATE KEY',
  ]) {
    expect(secret.length).toBeGreaterThan(8)
    expect(content).not.toContain(secret)
  }
  // Six digits may stand inside a hash or a moment by chance; by themselves they must not.
  for (const code of [signInCode, usedCode, openCode])
    expect(content).not.toMatch(new RegExp(`(?<![\\w.:-])${code}(?![\\w.:-])`))
})
