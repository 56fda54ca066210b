import { rawSql } from '@/db/client'
import { systemActor } from '@/db/factories'
import { revoke } from '@/lib/organization-keys/revoke'

/**
 * A process that revokes the current key of an organization, its successor, and so on, until it is killed.
 * It writes the id of each new key once its revocation is acknowledged.
 */
const [, , organizationId = '', startText = '', keyIdText = ''] = process.argv
const start = Date.parse(startText)

await rawSql()`select 1`
process.stdout.write('ready\n')
for (let keyId = keyIdText, minute = 1; ; minute++) {
  const outcome = await revoke({ keyId }, systemActor(organizationId), new Date(start + minute * 60_000))
  if (!outcome.ok) throw new Error(outcome.reason)
  keyId = outcome.value.successorId
  process.stdout.write(`${keyId}\n`)
}
