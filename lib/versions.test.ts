import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Package = {
  version: string
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

const read = (path: string): Package =>
  JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'))
const own = read('package.json')
const pinned = { ...own.dependencies, ...own.devDependencies }

/** Earlier releases have published weaknesses. */
const floors = {
  next: '16.3.3',
  react: '19.2.8',
  'react-dom': '19.2.8',
  'drizzle-orm': '0.45.2',
  'next-auth': '4.24.15',
}

function isAtLeast(version: string, floor: string): boolean {
  const [have, need] = [version, floor].map((text) => text.split('.').map(Number))
  const at = need?.findIndex((part, i) => part !== have?.[i]) ?? -1
  return at === -1 || (have?.[at] ?? 0) > (need?.[at] ?? 0)
}

test('what is installed stands above the security floors', () => {
  for (const [name, floor] of Object.entries(floors)) {
    const { version } = read(`node_modules/${name}/package.json`)
    expect(version, name).toMatch(/^\d+\.\d+\.\d+$/)
    expect(isAtLeast(version, floor), `${name} ${version} is below ${floor}`).toBe(true)
  }
  expect(isAtLeast('16.3.2', '16.3.3')).toBe(false)
  expect(isAtLeast('16.10.0', '16.3.3')).toBe(true)
  expect(isAtLeast('15.9.9', '16.3.3')).toBe(false)
})

test('package.json names one exact version of every package, and that one is installed', () => {
  expect(Object.keys(pinned).length).toBeGreaterThan(20)
  for (const [name, wanted] of Object.entries(pinned)) {
    expect(wanted, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/)
    expect(read(`node_modules/${name}/package.json`).version, name).toBe(wanted)
  }
})
