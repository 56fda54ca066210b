import { randomBytes, randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { skeletonLimitBytes, UploadScanner } from './upload-scanner'

function scan(body: string | Buffer, longest = 1) {
  const bytes = Buffer.from(body as string)
  let content = ''
  const scanner = new UploadScanner((piece, start, end) => {
    content += piece.toString('latin1', start, end)
  })
  for (let i = 0; i < bytes.length; ) {
    const length = longest === 1 ? 1 : randomInt(1, longest + 1)
    scanner.write(bytes.subarray(i, i + length))
    i += length
  }
  return { skeleton: scanner.skeleton.toString(), content, isOverfull: scanner.isOverfull }
}

const escapes: ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replaceAll('/', '\\/'),
  (text) => text.replaceAll('+', '\\u002B'),
  (text) => text.replaceAll(/[A-Z]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`),
]
const names = ['"data"', '"\\u0064ata"', '"d\\u0061t\\u0061"']
const others = [
  '"fileName":"a\\"data\\":\\"x.png"',
  '"contentType" : "image/png"',
  '"more":{"data":"not this one"}',
  '"list":["data",{"data":"nor this"}, "data"]',
  '"quoted\\\\":"\\\\"',
  '"é😀":"data"',
  '"number":-1.5e3',
  '"Data":"no"',
  '"data ":"no"',
]
const pick = <T>(from: readonly T[]): T => from[randomInt(from.length)] as T

test('content and skeleton are what JSON.parse says, in whatever order, spelling and pieces they come', () => {
  for (let round = 0; round < 600; round++) {
    const text = randomBytes(randomInt(0, 400)).toString('base64')
    const gap = pick(['', ' ', '\n\t', '\r\n'])
    const members = others.filter(() => randomInt(2) === 0)
    members.splice(randomInt(members.length + 1), 0, `${pick(names)}${gap}:${gap}"${pick(escapes)(text)}"`)
    const body = `${gap}{${gap}${members.join(`${gap},${gap}`)}${gap}}${gap}`
    const scanned = scan(body, pick([1, 2, 5, 100, 10_000]))
    expect(scanned.content).toBe(JSON.parse(body).data)
    expect(JSON.parse(scanned.skeleton)).toEqual({ ...JSON.parse(body), data: '' })
  }
})

test.each([
  '[]',
  '["data","AAAA"]',
  '{"data":5}',
  '{"data":null}',
  '{"data":["AAAA"]}',
  '{"data":{"data":"AAAA"}}',
  '{"other":"AAAA"}',
  '"data"',
  '{"a":{"b":1},"x":"data"}',
  '\ufeff{"x":1}',
  '',
])('without a text in its member `data` %s stays as it is', (body) => {
  expect(scan(body)).toEqual({ skeleton: body, content: '', isOverfull: false })
})

test.each([
  '{"data":"AAAA"',
  '{"data":"AAAA',
  '{"data":"AAAA\\',
  '{"data":"AAAA""data":"BBBB"}',
  '{"data" "AAAA"}',
  '{"data"::"AAAA"}',
  '["data":"AAAA"]',
  '{"data":"AAAA":"BBBB"}',
  '{"data":"AAAA"}}',
  '}{"data":"AAAA"}',
  '{"a":[},"data":"AAAA"}',
  '{data:"AAAA"}',
])('what is not JSON is none as a skeleton either: %s', (body) => {
  expect(() => JSON.parse(body)).toThrow()
  expect(() => JSON.parse(scan(body).skeleton)).toThrow()
})

test('a second `data`, however it is spelled, stands in the skeleton', () => {
  expect(scan('{"data":"AAAA","\\u0064ata":"BBBB"}').skeleton).toBe('{"data":"","\\u0064ata":""}')
})

test('no escape brings a character of Base64 that JSON would not', () => {
  for (const written of ['\\n', '\\u000a', '\\x41', '\\u0g41', '\\u0141', '\\u2028', '\\A', '\\u004'])
    expect([written, /^[A-Za-z0-9+/=]*$/.test(scan(`{"data":"${written}"}`).content)]).toEqual([
      written,
      false,
    ])
})

test('beside the content a body may have 16 KiB, however long the content is', () => {
  const filled = (bytes: number) => `{"data":"${'A'.repeat(100_000)}"${' '.repeat(bytes - 11)}}`
  expect(scan(filled(skeletonLimitBytes), 5_000)).toMatchObject({ isOverfull: false })
  expect(scan(filled(skeletonLimitBytes + 1), 5_000)).toMatchObject({ isOverfull: true })
})
