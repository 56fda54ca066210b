import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadEnv } from '@/lib/env'
import { addressesFrom } from './addresses'
import { demoEnvironment } from './environment'
import { demoSecrets } from './secrets'

let dataDir: string

beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'secrets-')), 'data')
})
afterEach(() => rmSync(join(dataDir, '..'), { recursive: true }))

test('secrets are made once, for their owner alone', () => {
  const made = demoSecrets(dataDir)
  expect(demoSecrets(dataDir)).toEqual(made)
  expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600)
})

test('two installations share no secret', () => {
  const [one, two] = [demoSecrets(dataDir), demoSecrets(join(dataDir, 'other'))]
  expect(Object.values(one).filter((value) => Object.values(two).includes(value))).toEqual([])
})

test.each(['', '{', '{"masterKey":"demo-1:short"}'])('a damaged file is never replaced: %j', (text) => {
  demoSecrets(dataDir)
  writeFileSync(join(dataDir, 'secrets.json'), text)
  expect(() => demoSecrets(dataDir)).toThrow(/secrets\.json is damaged/)
})

test('the demo is a complete configuration, on loopback, without the connection of the schema owner', () => {
  const source = {
    NODE_ENV: 'production',
    HOST: '0.0.0.0',
    PORT: '4000',
    MIGRATE_DATABASE_URL: 'postgres://owner@db/keyturn',
  } as const
  const environment = demoEnvironment(
    source,
    addressesFrom(source),
    demoSecrets(dataDir),
    'postgres://keyturn_app:pw@127.0.0.1:5433/keyturn',
    dataDir,
  )
  expect(loadEnv(environment)).toMatchObject({
    HOST: '127.0.0.1',
    KEYTURN_DEMO: true,
    CONSOLE_URL: 'http://localhost:4000',
  })
  expect(environment.MIGRATE_DATABASE_URL).toBeUndefined()
})
