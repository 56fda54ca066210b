import { createHash, generateKeyPairSync } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { newKeyText } from '@/lib/keys/token'
import { secretDay, signSecret } from '@/lib/organization-keys/secret'
import { OperationalList } from './operational-list'
import { Recognizer } from './recognizer'
import { keyEntry, serviceKeyEntry } from './testing/entries'

const expected = { issuer: 'https://console.example', audience: 'https://api.example' }
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const apiKey = newKeyText('org')
const digestOf = (text: string) => createHash('sha256').update(text).digest('base64')
const key = keyEntry({ digest: digestOf(apiKey), expirationRemovedAt: 0 })
const secret = (changes: object = {}) =>
  signSecret(
    {
      client_id: 'org_1',
      client_secret: apiKey,
      iat: secretDay(new Date()),
      iss: expected.issuer,
      aud: expected.audience,
      ...changes,
    },
    { kid: 'kid-1', privateKey },
  )

let list: OperationalList
let recognizer: Recognizer

beforeEach(() => {
  list = new OperationalList()
  list.putKey(key)
  list.putSigningKey({ kid: 'kid-1', x: '', publicKey })
  recognizer = new Recognizer(expected)
})

test('a Secret is the same credential at the first sight and ever after', () => {
  const first = recognizer.recognize(secret(), list)
  expect(first).toMatchObject({ form: 'secret', key: { id: 'key_1' }, expiresAt: null })
  expect(recognizer.recognize(secret(), list)).toBe(first)
})

test('a remembered Secret follows its key', () => {
  recognizer.recognize(secret(), list)
  list.putKey({ ...key, deletedAt: 1 })
  expect(recognizer.recognize(secret(), list)).toMatchObject({ key: { deletedAt: 1 } })
  list.removeKey('key_1')
  expect(recognizer.recognize(secret(), list)).toEqual({ form: 'unknown' })
  list.putKey(key)
  expect(recognizer.recognize(secret(), list)).toMatchObject({ key: { deletedAt: null } })
})

test('a remembered Secret falls with its signing key', () => {
  recognizer.recognize(secret(), list)
  list.removeSigningKey('kid-1')
  expect(recognizer.recognize(secret(), list)).toEqual({ form: 'unknown' })
})

test('a remembered Secret is looked up again in a list that was read anew', () => {
  recognizer.recognize(secret(), list)
  const other = new OperationalList()
  expect(recognizer.recognize(secret(), other)).toEqual({ form: 'unknown' })
})

test('the bare API key is no credential, nor is a Secret around a text that is none', () => {
  expect(recognizer.recognize(apiKey, list)).toEqual({ form: 'malformed' })
  const mistyped = `${apiKey.slice(0, -1)}${apiKey.endsWith('0') ? '1' : '0'}`
  expect(recognizer.recognize(secret({ client_secret: mistyped }), list)).toEqual({ form: 'malformed' })
  expect(recognizer.recognize(secret({ client_secret: newKeyText('svc') }), list)).toEqual({
    form: 'malformed',
  })
})

test('an API key that nobody knows is unknown', () => {
  expect(recognizer.recognize(secret({ client_secret: newKeyText('org') }), list)).toEqual({
    form: 'unknown',
  })
})

test("a Secret that names another organization than its key's is as unknown as an absent key", () => {
  expect(recognizer.recognize(secret({ client_id: 'org_2' }), list)).toEqual({ form: 'unknown' })
})

test('iat is the start of a UTC day', () => {
  expect(recognizer.recognize(secret({ iat: secretDay(new Date()) + 1 }), list)).toEqual({
    form: 'malformed',
  })
})

test('a service key is found by its text, as long as the list has it', () => {
  const text = newKeyText('svc')
  const service = serviceKeyEntry({ digest: digestOf(text) })
  expect(recognizer.recognize(text, list)).toEqual({ form: 'unknown' })
  list.putKey(service)
  expect(recognizer.recognize(text, list)).toEqual({ form: 'service-key', key: service })
  const changed = { ...service, disabledAt: 1 }
  list.putKey(changed)
  expect(recognizer.recognize(text, list)).toMatchObject({ key: { disabledAt: 1 } })
  list.removeKey(service.id)
  expect(recognizer.recognize(text, list)).toEqual({ form: 'unknown' })
})

test('a service key with a slip of the pen, or something around it, is malformed', () => {
  const text = newKeyText('svc')
  list.putKey(serviceKeyEntry({ digest: digestOf(text) }))
  const mistyped = `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`
  for (const other of [mistyped, ` ${text}`, `${text} `, text.slice(0, -1), `${text}0`, text.toLowerCase()])
    expect([other, recognizer.recognize(other, list)]).toEqual([other, { form: 'malformed' }])
})
