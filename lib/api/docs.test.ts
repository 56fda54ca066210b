import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import * as mediaProblems from './media-problems'
import * as problems from './problem'
import type { OpenApiDocument } from './reference/open-api'
import { referencePage } from './reference/page'
import * as serviceKeyProblems from './service-key-problems'
import { testApi } from './testing/test-api'

const { running } = await testApi()
const response = await fetch(`${running.url}/docs`)
const page = await response.text()
const document: OpenApiDocument = await (await fetch(`${running.url}/openapi.json`)).json()

test('the page comes with a policy of its own, under which nothing but its style works', () => {
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^text\/html/)
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
  const hash = createHash('sha256').update(style).digest('base64')
  expect(response.headers.get('content-security-policy')).toBe(
    `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  )
  expect(page).not.toMatch(/<script|\sstyle=|\son\w+=/)
})

test('it refers to no other host', () => {
  const references = [...page.matchAll(/(?:src|href)="([^"]*)"|url\(([^)]*)\)|@import/g)]
  for (const [whole, attribute, url] of references)
    expect([whole, attribute ?? url]).toEqual([whole, expect.stringMatching(/^(#|\/openapi\.json$|data:,$)/)])
  expect(references.length).toBeGreaterThan(20)
})

test('every operation of the document is in it, once in the contents and once in full', () => {
  for (const [path, operations] of Object.entries(document.paths))
    for (const [method, { summary = '' }] of Object.entries(operations)) {
      expect(page.split(`>${method.toUpperCase()} ${path}</a>`)).toHaveLength(2)
      expect(page.split(`<code>${path}</code></a></h3>`).length).toBeGreaterThan(1)
      expect(page).toContain(summary.split('`')[0]?.replaceAll("'", '&#39;'))
    }
})

test('every code that a problem can have is in the list of errors', () => {
  const codes = [
    ...Object.values(problems),
    ...Object.values(mediaProblems),
    ...Object.values(serviceKeyProblems),
    ...Object.values(serviceKeyProblems.obstacleProblems),
    ...Object.values(problems.denials),
  ].flatMap((each) => (typeof each === 'object' && 'code' in each ? [each.code] : []))
  expect(new Set(codes).size).toBeGreaterThan(10)
  for (const code of codes) expect(page).toContain(`</span> <code>${code}</code></dt>`)
})

test('every link of the page leads to a place on it, and no place is there twice', () => {
  const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target)
})

test('no text of the document becomes markup, wherever it stands', async () => {
  const hostile = '<script>alert(1)</script>"\'`<b>`'
  const schema = {
    type: 'object',
    description: hostile,
    properties: { [hostile]: { type: 'string', description: hostile, enum: [hostile], example: hostile } },
  }
  const content = { 'application/json': { schema } }
  const text = await referencePage({
    info: { title: hostile, version: hostile, description: hostile },
    servers: [{ url: hostile }],
    components: { schemas: {} },
    paths: {
      [`/${hostile}`]: {
        post: {
          summary: hostile,
          description: hostile,
          parameters: [{ name: hostile, in: 'query', schema: { type: hostile }, description: hostile }],
          requestBody: { content },
          responses: { 200: { description: hostile, content, headers: { [hostile]: { schema } } } },
        },
      },
    },
  })
  expect(text).not.toMatch(/<script|<b>/)
  expect(text).toContain('&lt;script&gt;')
})

test('a command for the shell stays one argument, whatever is in it', () => {
  for (const [, command = ''] of page.matchAll(/<pre><code>(curl[\s\S]*?)<\/code><\/pre>/g)) {
    const quotes = command.replaceAll('&#39;', "'").replaceAll("'\\''", '').split("'").length - 1
    expect([command, quotes % 2]).toEqual([command, 0])
  }
})

test('only a DateTime that may be absent allows null', () => {
  expect(document.components.schemas.DateTime?.type).toBe('string')
})
