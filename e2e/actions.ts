import { readFileSync } from 'node:fs'
import { type APIRequestContext, expect } from '@playwright/test'
import { z } from 'zod'
import { consoleUrl } from './fixtures'

const manifest = z
  .object({ node: z.record(z.string(), z.object({ filename: z.string(), exportedName: z.string() })) })
  .parse(JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8')))

/** Every server action of the build that is being tested, as the framework itself lists them. */
export const actions = Object.entries(manifest.node).map(([id, { filename, exportedName }]) => ({
  id,
  name: exportedName,
  path: pathOf(filename),
}))

/** A page that has the action. */
function pathOf(filename: string): string {
  if (filename.includes('sign-in')) return '/sign-in'
  if (filename.includes('join')) return '/join/nowhere'
  if (filename.includes('members')) return '/settings/members'
  if (filename.includes('notifications')) return '/notifications'
  if (filename.includes('service-keys')) return '/settings/service-keys'
  return filename.includes('(support)') ? '/support/org_nowhere' : '/settings/api'
}

export type Answer = { status: number; ok: boolean; reason: string | null; text: string }

/** Calls an action as a forger would: with the request's cookies, any arguments and any headers. */
export async function call(
  request: APIRequestContext,
  name: string,
  args: unknown[] | string,
  headers: Record<string, string> = { origin: consoleUrl },
): Promise<Answer> {
  const action = actions.find((each) => each.name === name)
  if (!action) throw new Error(`there is no action ${name}`)
  const response = await request.post(action.path, {
    headers: { 'next-action': action.id, 'content-type': 'text/plain;charset=UTF-8', ...headers },
    data: typeof args === 'string' ? args : JSON.stringify(args),
    maxRedirects: 0,
  })
  const text = await response.text()
  if (response.ok()) expect(response.headers()['cache-control']).toContain('no-store')
  return {
    status: response.status(),
    ok: text.includes('"ok":true'),
    reason: /"reason":"([^"]+)"/.exec(text)?.[1] ?? null,
    text,
  }
}
