import postgres from 'postgres'
import { afterAll } from 'vitest'
import { closeDatabase, rawSql } from '@/db/client'
import { type FreshDatabase, freshDatabase } from './database'
import { setTestEnvironment } from './environment'
import { type Cut, DatabaseLine } from './line'
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

type TestLine = TestDatabase & {
  line: DatabaseLine
  /**
   * Does `work` with the line cut at `cut`, and waits until the server has noticed. Answers what came of the work,
   * null where it threw, and whether there was anything left to cut at that point.
   */
  cutOff<T>(cut: Cut, work: () => Promise<T>): Promise<{ outcome: T | null; wasCut: boolean }>
}

/** The same, with the code under test at the end of a line that the tests cut; they themselves look at it directly. */
export async function testDatabaseThroughLine(): Promise<TestLine> {
  const { database, owner } = await testDatabase()
  const line = await DatabaseLine.to(database.url)
  setTestEnvironment(line.url)
  afterAll(async () => {
    await closeDatabase()
    await line.close()
  })

  async function serverIsIdle(): Promise<void> {
    for (;;) {
      const busy = await owner`select 1 from pg_stat_activity where datname = current_database()
        and application_name = 'keyturn' and state <> 'idle'`
      if (busy.length === 0) return
    }
  }

  return {
    database,
    owner,
    line,
    async cutOff(cut, work) {
      // Connecting is no place to cut.
      await rawSql()`select 1`
      line.start(cut)
      const outcome = await work().catch(() => null)
      const wasCut = line.messages >= cut.at
      line.start()
      await serverIsIdle()
      return { outcome, wasCut }
    },
  }
}
