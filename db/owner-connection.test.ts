import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ownerConnection } from './owner-connection'

const product = 'postgres://app@localhost/keyturn'
const owner = 'postgres://owner@localhost/keyturn'

test('the schema is changed by its owner, who grants the role of the product what it needs', () => {
  expect(ownerConnection({ DATABASE_URL: product, MIGRATE_DATABASE_URL: owner })).toEqual({
    ownerUrl: owner,
    appRole: 'app',
  })
})

test('where there is no other role, none is granted anything', () => {
  for (const source of [
    { DATABASE_URL: product },
    { DATABASE_URL: product, MIGRATE_DATABASE_URL: '' },
    { MIGRATE_DATABASE_URL: product },
    { DATABASE_URL: product, MIGRATE_DATABASE_URL: product },
  ])
    expect(ownerConnection(source)).toEqual({ ownerUrl: product, appRole: undefined })
})

test('both may come as the path of a file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'owner-connection-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const inFile = (name: string, text: string) => {
    writeFileSync(join(directory, name), `${text}\n`)
    return join(directory, name)
  }
  const source = {
    DATABASE_URL_FILE: inFile('product', product),
    MIGRATE_DATABASE_URL_FILE: inFile('owner', owner),
  }
  expect(ownerConnection(source)).toEqual({ ownerUrl: owner, appRole: 'app' })
})

test('a file that cannot be read is named', () => {
  expect(() => ownerConnection({ DATABASE_URL_FILE: '/nowhere' })).toThrow(
    'DATABASE_URL_FILE names a file that cannot be read',
  )
})

test('without a connection it says which variables are missing', () => {
  expect(() => ownerConnection({})).toThrow('MIGRATE_DATABASE_URL or DATABASE_URL is required')
})
