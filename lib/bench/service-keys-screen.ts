import { request } from 'node:http'
import { db } from '@/db/client'
import { createMember } from '@/db/factories'
import { cookieName } from '@/lib/auth/cookies'
import { createSession } from '@/lib/auth/session'
import { env } from '@/lib/env'
import { newId } from '@/lib/id'
import { type RunningServer, startServer } from './servers'

/** How a key stands in a row of the table. */
const rowText = 'kt_svc_'

export type Screen = {
  /** Milliseconds from the question to the first row that arrives, or to the end of a page without rows. */
  firstRow(organizationId: string, query: string): Promise<number>
  stop(): Promise<void>
}

/** The console as it runs in production, and somebody who is signed in to each organization. */
export async function openScreen(organizationIds: readonly string[]): Promise<Screen> {
  const console = await startServer('lib/console/main.ts', {}, false)
  const cookies = new Map<string, string>()
  for (const organizationId of organizationIds) cookies.set(organizationId, await signedIn(organizationId))
  return {
    firstRow: (organizationId, query) => ask(console, `?${query}`, cookies.get(organizationId) ?? ''),
    stop: console.stop,
  }
}

async function signedIn(organizationId: string): Promise<string> {
  const email = `${newId('usr')}@bench.example`.toLowerCase()
  const { userId } = await createMember(organizationId, { email, role: 'admin' })
  const token = await db().transaction((tx) => createSession(tx, userId, new Date()))
  return `${cookieName('session')}=${token}`
}

function ask({ port }: RunningServer, query: string, cookie: string): Promise<number> {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const headers = { cookie, host: new URL(env().CONSOLE_URL).host }
    const question = request({ port, path: `/settings/service-keys${query}`, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`the screen answered ${response.statusCode}`))
      let text = ''
      let firstRowAt: number | null = null
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece
        if (firstRowAt === null && text.includes(rowText)) firstRowAt = performance.now()
      })
      response.on('end', () => resolve((firstRowAt ?? performance.now()) - startedAt)).on('error', reject)
    })
    question.on('error', reject).end()
  })
}
