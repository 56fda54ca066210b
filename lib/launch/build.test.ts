import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { digestOfInputs } from './build'

let root: string
let before: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'build-'))
  write('app/(console)/page.tsx', 'one')
  write('lib/keys/token.ts', 'one')
  write('package-lock.json', '{}')
  before = digestOfInputs(root)
})
afterEach(() => rmSync(root, { recursive: true }))

function write(name: string, content: string) {
  mkdirSync(dirname(join(root, name)), { recursive: true })
  writeFileSync(join(root, name), content)
}

test('the same sources need no new build', () => {
  write('app/(console)/page.tsx', 'one')
  expect(digestOfInputs(root)).toBe(before)
})

test.each([
  'app/(console)/page.tsx',
  'components/new.tsx',
  'lib/keys/token.ts',
  'public/logo.svg',
  'package-lock.json',
  'next.config.js',
  'proxy.ts',
])('a change of %s does', (name) => {
  write(name, 'two')
  expect(digestOfInputs(root)).not.toBe(before)
})

test('so does a file that only moved', () => {
  renameSync(join(root, 'lib/keys/token.ts'), join(root, 'lib/keys/tokens.ts'))
  expect(digestOfInputs(root)).not.toBe(before)
})

test.each(['lib/keys/token.test.ts', 'lib/launch/ports.ts', 'e2e/sign-in.spec.ts', 'README.md'])(
  '%s is not part of the console',
  (name) => {
    write(name, 'two')
    expect(digestOfInputs(root)).toBe(before)
  },
)
