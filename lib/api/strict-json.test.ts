import { expect, test } from 'vitest'
import { parseStrictJson } from './strict-json'

const parse = (text: string | Buffer) => parseStrictJson(Buffer.from(text as string))

test.each([
  '{"a":[1,{"b":"c"}],"d":null}',
  '{"a":{"a":1},"b":{"a":1}}',
  '{"a":"\\"a\\":1,\\"a\\":2"}',
  '["a","a"]',
  '{"a":"😀","b":"\\ud83d\\ude00"}',
  ' "x" ',
])('%s is read', (text) => {
  expect(parse(text)).toEqual({ ok: true, value: JSON.parse(text) })
})

test.each([
  ['\ufeff{}', 'byte-order-mark'],
  [Buffer.from([0x22, 0xff, 0x22]), 'not-utf-8'],
  [Buffer.from('"x"', 'utf16le'), 'not-json'],
  ['', 'not-json'],
  ['{"a":NaN}', 'not-json'],
  ["{'a':1}", 'not-json'],
  ['{"a":1,}', 'not-json'],
  ['{"a":1}{}', 'not-json'],
  ['{"a":1,"a":1}', 'duplicate-member'],
  ['{"a":1 , "\\u0061" : 2}', 'duplicate-member'],
  ['[{"b":{"c":1,"c":2}}]', 'duplicate-member'],
  ['{"__proto__":1,"__proto__":2}', 'duplicate-member'],
  ['{"a":"\\ud800"}', 'lone-surrogate'],
  ['{"\\udc00":1}', 'lone-surrogate'],
  [`${'['.repeat(17)}${']'.repeat(17)}`, 'too-deep'],
  [`${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`, 'too-deep'],
  ['['.repeat(16_000), 'not-json'],
])('%j is refused', (text, reason) => {
  expect(parse(text as string)).toMatchObject({ ok: false, reason })
})
