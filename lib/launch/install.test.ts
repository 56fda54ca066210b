import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isInstalled } from './install.mjs'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'install-'))
})
afterEach(() => rmSync(root, { recursive: true }))

type Packages = Record<string, { version: string; optional?: boolean }>

function write(file: string, packages: Packages) {
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  writeFileSync(join(root, file), JSON.stringify({ packages }))
}

const wanted = (packages: Packages) => write('package-lock.json', packages)
const present = (packages: Packages) => write('node_modules/.package-lock.json', packages)

test('a checkout without packages is not installed', () => {
  wanted({ 'node_modules/a': { version: '1.0.0' } })
  expect(isInstalled(root)).toBe(false)
})

test('packages count as installed at the very version that is locked', () => {
  wanted({ '': { version: '0.1.0' }, 'node_modules/a': { version: '1.0.0' } })
  present({ 'node_modules/a': { version: '1.0.0' } })
  expect(isInstalled(root)).toBe(true)
  present({ 'node_modules/a': { version: '0.9.0' } })
  expect(isInstalled(root)).toBe(false)
})

test('an optional package of another platform may be absent', () => {
  wanted({ 'node_modules/for-darwin': { version: '1.0.0', optional: true } })
  present({})
  expect(isInstalled(root)).toBe(true)
})
