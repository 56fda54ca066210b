import postgres from 'postgres'
import { afterAll } from 'vitest'
import { closeDatabase } from '@/db/client'
import { type FreshDatabase, freshDatabase } from './database'
import { setTestEnvironment } from './environment'
import { startMail, type TestMail } from './mail'

type TestDatabase = {
  database: FreshDatabase
  /** The database as its owner, who may arrange what no verb can. */
  owner: postgres.Sql
}

/**
 * A database for the tests of one file, which the code under test is configured for; gone after the last of them.
 * Await it at the top of the file.
 */
export async function testDatabase(more: Record<string, string> = {}): Promise<TestDatabase> {
  const database = await freshDatabase()
  setTestEnvironment(database.url, more)
  const owner = postgres(database.ownerUrl, { max: 3, onnotice: () => {} })
  afterAll(async () => {
    await closeDatabase()
    await owner.end()
    await database.drop()
  })
  return { database, owner }
}

/** The same with a mail server, which takes the mails through the real SDK. */
export async function testDatabaseWithMail(): Promise<TestDatabase & { mail: TestMail }> {
  const mail = await startMail()
  afterAll(() => mail.close())
  return { ...(await testDatabase({ RESEND_BASE_URL: mail.url })), mail }
}
