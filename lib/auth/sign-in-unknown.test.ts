import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeDatabase, rawSql } from '@/db/client'
import { createUser } from '@/db/factories'
import { type FreshDatabase, freshDatabase } from '@/db/testing/database'
import { setTestEnvironment } from '@/db/testing/environment'
import { DatabaseLine } from '@/db/testing/line'
import { startMail, type TestMail } from '@/db/testing/mail'
import { sendSignInCode, signIn } from './sign-in'

const now = new Date('2026-03-01T10:00:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const from = { address: '203.0.113.7', userAgent: 'Mozilla/5.0' }

let database: FreshDatabase
let line: DatabaseLine
let mail: TestMail
let email: string
let count = 0

beforeAll(async () => {
  database = await freshDatabase()
  mail = await startMail()
  line = await DatabaseLine.to(database.url)
  setTestEnvironment(line.url, { RESEND_BASE_URL: mail.url })
})

afterAll(async () => {
  await closeDatabase()
  await line.close()
  await mail.close()
  await database.drop()
})

beforeEach(() => {
  mail.mood = 'up'
  email = `person${++count}@example.com`
})

const enter = (code: string, browser = 'browser', at = now) => signIn({ email, code }, browser, from, at, at)
const wrong = '000000 0'

describe('from outside, an address with an account looks like one without', () => {
  /** Everything that an onlooker sees, and how much work it took. */
  async function observed(work: () => Promise<unknown>) {
    const mailsBefore = mail.to(email).length
    line.start()
    const outcome = await work()
    return {
      outcome: JSON.parse(JSON.stringify(outcome)),
      statements: line.statements,
      mails: mail.to(email).length - mailsBefore,
    }
  }

  async function story(known: boolean) {
    email = `${known ? 'known' : 'nobody'}${++count}@example.com`
    if (known) await createUser({ email })
    await rawSql()`select 1`
    const steps = [
      await observed(() => sendSignInCode({ email }, 'browser', now)),
      await observed(() => sendSignInCode({ email }, 'browser', later(5))),
      await observed(() => enter(wrong, 'browser', later(6))),
      await observed(() => sendSignInCode({ email }, 'browser', later(40))),
    ]
    for (let tries = 0; tries < 6; tries++)
      steps.push(await observed(() => enter(wrong, 'browser', later(41))))
    mail.mood = 'refusing'
    steps.push(await observed(() => sendSignInCode({ email }, 'browser', later(80))))
    mail.mood = 'up'
    return steps
  }

  test('same answers, same number of statements and of mails', async () => {
    const [nobody, known] = [await story(false), await story(true)]
    expect(known).toEqual(nobody)
    expect(known.map((step) => step.mails)).toEqual([1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
    expect(known[0]?.statements).toBeGreaterThan(3)
  })

  test('same time, by the medians of 60 tries each that alternate', async () => {
    const times: Record<'known' | 'nobody', number[]> = { known: [], nobody: [] }
    for (let round = 0; round < 60; round++)
      for (const kind of ['known', 'nobody'] as const) {
        email = `${kind}${++count}@example.com`
        if (kind === 'known') await createUser({ email })
        const begun = performance.now()
        await sendSignInCode({ email }, 'browser', now)
        times[kind].push(performance.now() - begun)
      }
    const median = (of: number[]) => of.sort((a, b) => a - b)[of.length / 2] ?? Number.NaN
    const ratio = median(times.known) / median(times.nobody)
    expect(ratio).toBeGreaterThan(0.5)
    expect(ratio).toBeLessThan(2)
  })
})
