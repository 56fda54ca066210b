import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EnvError, loadEnv } from './env'

const key = () => randomBytes(32).toString('base64')
const complete = {
  DATABASE_URL: 'postgres://keyturn:pw@db.example:5432/keyturn',
  CONSOLE_URL: 'https://keys.example.com/',
  API_URL: 'https://api.example.com',
  NEXTAUTH_SECRET: 'x'.repeat(32),
  MASTER_KEY: `2026-03:${key()}`,
  EMAIL_FROM: 'Keyturn <no-reply@example.com>',
  RESEND_API_KEY: 're_123',
}

/** The lines in which a refusal names its variables. */
function refused(source: Record<string, string | undefined>): string[] {
  try {
    loadEnv(source)
  } catch (error) {
    expect(error).toBeInstanceOf(EnvError)
    const [first, ...lines] = (error as EnvError).message.split('\n')
    expect(first).toBe('Keyturn cannot start with this configuration:')
    return lines.map((line) => line.trim())
  }
  throw new Error('was accepted')
}

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'env-'))
})
afterAll(() => rmSync(directory, { recursive: true }))

test('a complete configuration is taken, with origins for addresses and defaults for the rest', () => {
  expect(loadEnv(complete)).toMatchObject({
    NODE_ENV: 'production',
    CONSOLE_URL: 'https://keys.example.com',
    PORT: 3000,
    API_PORT: 3001,
    STALE_OK_S: 60,
    REQUEST_LOG: 'on',
    REQUEST_RETENTION_DAYS: 30,
    KEYTURN_DEMO: false,
    MASTER_KEY: [{ id: '2026-03' }],
  })
})

describe('Keyturn refuses to start', () => {
  for (const name of [
    'DATABASE_URL',
    'CONSOLE_URL',
    'API_URL',
    'NEXTAUTH_SECRET',
    'MASTER_KEY',
    'EMAIL_FROM',
  ] as const)
    test(`without ${name}, and names it`, () => {
      expect(refused({ ...complete, [name]: undefined })).toEqual([`${name} is required`])
      const [line, ...more] = refused({ ...complete, [name]: '' })
      expect(line).toMatch(new RegExp(`^${name} `))
      expect(more).toEqual([])
    })

  test('without any mail, and names both ways', () => {
    for (const RESEND_API_KEY of [undefined, ''])
      expect(refused({ ...complete, RESEND_API_KEY })).toEqual([
        'RESEND_API_KEY or SMTP_URL is required: sign-in codes go by mail',
      ])
    const SMTP_URL = 'smtp://mail.example.com'
    expect(loadEnv({ ...complete, RESEND_API_KEY: undefined, SMTP_URL }).SMTP_URL).toBe(SMTP_URL)
  })

  test('with everything missing, and names it all at once', () => {
    expect(refused({}).map((line) => line.split(' ')[0])).toEqual(
      expect.arrayContaining(Object.keys(complete).filter((name) => name !== 'RESEND_API_KEY')),
    )
  })

  test('with an address that has a path', () => {
    expect(refused({ ...complete, API_URL: 'https://api.example.com/keys' })).toEqual([
      'API_URL must be an address without a path',
    ])
  })

  test('but takes a variable that is set to nothing as not set', () => {
    expect(loadEnv({ ...complete, PORT: '', HOST: '', OIDC_NAME: '' })).toMatchObject({
      PORT: 3000,
      HOST: '0.0.0.0',
      OIDC_NAME: 'single sign-on',
    })
  })

  test('with a value that cannot be right, and does not repeat it', () => {
    const wrong = {
      DATABASE_URL: 'mysql://user:hunter2@db',
      CONSOLE_URL: 'keys.example.com hunter2',
      API_URL: 'ftp://hunter2',
      NEXTAUTH_SECRET: 'hunter2',
      MASTER_KEY: 'hunter2',
      PORT: 'hunter2',
      STALE_OK_S: '-1',
      LOG_LEVEL: 'hunter2',
      REQUEST_LOG: 'hunter2',
      SMTP_URL: 'hunter2',
    }
    for (const [name, value] of Object.entries(wrong)) {
      const lines = refused({ ...complete, [name]: value })
      expect(lines).toHaveLength(1)
      expect(lines[0]).toMatch(new RegExp(`^${name} `))
      expect(lines[0]).not.toContain('hunter2')
    }
  })

  test('with a retention that is not whole days, one or more', () => {
    for (const REQUEST_RETENTION_DAYS of ['0', '-1', '1.5', 'a week', '36501'])
      expect(refused({ ...complete, REQUEST_RETENTION_DAYS })).toEqual([
        expect.stringMatching(/^REQUEST_RETENTION_DAYS must be /),
      ])
    expect(loadEnv({ ...complete, REQUEST_RETENTION_DAYS: '1' }).REQUEST_RETENTION_DAYS).toBe(1)
  })

  const bytes31 = randomBytes(31).toString('base64')
  const good = key()
  for (const [name, value] of Object.entries({
    'without an id': good,
    'with an empty id': `:${good}`,
    'with an id that cannot stand in a sealed text': `a.b:${good}`,
    'of 31 bytes': `a:${bytes31}`,
    'of 33 bytes': `a:${randomBytes(33).toString('base64')}`,
    'in hexadecimal': `a:${randomBytes(32).toString('hex')}`,
    'with a stray character': `a:${good.slice(0, 20)}!${good.slice(20)}`,
    'with something behind it': `a:${good}:b`,
    'with an empty second one': `a:${good},`,
    'with a malformed second one': `a:${good},b:${bytes31}`,
    'with one id for two keys': `a:${good},a:${key()}`,
  }))
    test(`with a master key ${name}`, () => {
      expect(refused({ ...complete, MASTER_KEY: value })).toEqual([
        expect.stringMatching(/^MASTER_KEY must be "<id>:<base64 of 32 bytes>"/),
      ])
    })

  const oidc = {
    OIDC_ISSUER: 'https://login.example.com',
    OIDC_CLIENT_ID: 'keyturn',
    OIDC_CLIENT_SECRET: 'secret',
  }
  for (const name of Object.keys(oidc))
    test(`with single sign-on but without ${name}`, () => {
      expect(loadEnv({ ...complete, ...oidc })).toMatchObject(oidc)
      for (const value of [undefined, ''])
        expect(refused({ ...complete, ...oidc, [name]: value })).toEqual([
          expect.stringMatching(new RegExp(`^${name} is required beside OIDC_`)),
        ])
    })
})

test('several master keys are taken in their order: the first one seals', () => {
  const env = loadEnv({ ...complete, MASTER_KEY: `new:${key()}, old:${key()}` })
  expect(env.MASTER_KEY.map((each) => [each.id, each.bytes.length])).toEqual([
    ['new', 32],
    ['old', 32],
  ])
})

describe('a value from a file', () => {
  test('is taken for any variable, without the line break at its end', () => {
    const files: Record<string, string> = {}
    for (const [name, value] of Object.entries(complete)) {
      files[`${name}_FILE`] = join(directory, name)
      writeFileSync(join(directory, name), `${value}\n`)
    }
    expect(loadEnv(files)).toEqual(loadEnv(complete))
  })

  test('that cannot be read is named, without a default in its place', () => {
    expect(refused({ ...complete, MASTER_KEY_FILE: join(directory, 'absent') })).toEqual([
      'MASTER_KEY_FILE names a file that cannot be read',
    ])
  })

  test('that is empty counts as missing', () => {
    writeFileSync(join(directory, 'empty'), '\n')
    expect(refused({ ...complete, NEXTAUTH_SECRET_FILE: join(directory, 'empty') })).toEqual([
      expect.stringMatching(/^NEXTAUTH_SECRET /),
    ])
  })
})
