import { expect, test } from 'vitest'
import { asAttachment, fileNameFault } from './file-name'

test.each([
  'a',
  'photo.png',
  'Grüße aus Köln.pdf',
  '写真 1.jpg',
  '👩‍👩‍👧.png',
  '...',
  'a;b="c".png',
  "it's 100%",
  '😀'.repeat(255),
])('%j names a file', (name) => {
  expect(fileNameFault(name)).toBeNull()
})

test.each([
  ['', 'empty'],
  ['   ', 'empty'],
  ['a'.repeat(256), '255 characters'],
  ['a\r\nSet-Cookie: b=c', 'control characters'],
  ['a\0.png', 'control characters'],
  ['a\u0085b', 'control characters'],
  ['a\u2028b', 'control characters'],
  ['exe.\u202egnp', 'control characters'],
  ['a\ud800', 'control characters'],
  ['../../etc/passwd', 'path'],
  ['C:\\autoexec.bat', 'path'],
  ['.', 'folder'],
  ['..', 'folder'],
])('%j does not: %s', (name, reason) => {
  expect(fileNameFault(name)).toContain(reason)
})

test('a name is given in ASCII and as it is', () => {
  expect(asAttachment('photo.png')).toBe(`attachment; filename="photo.png"; filename*=UTF-8''photo.png`)
  expect(asAttachment('Grüße "1".png')).toBe(
    `attachment; filename="Gr__e _1_.png"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%221%22.png`,
  )
})

test('no name whatever breaks out of its header, and each comes back as it was', () => {
  for (let code = 0; code < 0x10000; code++) {
    const name = `a${String.fromCharCode(code)}b`.toWellFormed()
    const value = asAttachment(name)
    const parts = /^attachment; filename="([^"\\\r\n]*)"; filename\*=UTF-8''([A-Za-z0-9._~%-]*)$/.exec(value)
    expect([code, parts?.[1]]).toEqual([code, expect.stringMatching(/^[\x20-\x7e]+$/)])
    expect(decodeURIComponent(parts?.[2] ?? '')).toBe(name)
  }
})
