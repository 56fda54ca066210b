import { expect, test } from 'vitest'
import { contentTypeOf, contentTypes, looksLike } from './content-type'
import { beginnings } from './testing/files'

test.each(contentTypes)('a file of type %s is known by how it begins, and by nothing less', (type) => {
  const file = beginnings[type]
  const alsoMp4 = type === 'video/mp4' ? ['video/mp4', 'audio/mp4'] : [type]
  expect(looksLike(Buffer.concat([file, Buffer.alloc(1_000, 0x20)]))).toEqual(alsoMp4)
  for (let length = 0; length < 3; length++) expect(looksLike(file.subarray(0, length))).toEqual([])
})

test('an MP3 may begin with its tags', () => {
  expect(looksLike(Buffer.from('ID3\x04\x00', 'latin1'))).toEqual(['audio/mpeg'])
})

test.each([
  ['HTML', '<!doctype html><script>'],
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg">'],
  ['text', 'hello'],
  ['a program', 'MZ\x90\x00'],
  ['a ZIP archive', 'PK\x03\x04'],
  ['QuickTime', '\x00\x00\x00\x14ftypqt  '],
  ['HEIC', '\x00\x00\x00\x18ftypheic'],
  ['Matroska', '\x1a\x45\xdf\xa3\xa3\x42\x82\x88matroska'],
  ['AVI', 'RIFF\x24\x00\x00\x00AVI '],
  ['AAC without a container', '\xff\xf1\x50\x80'],
  ['a PDF behind something else', '\n%PDF-1.7'],
  ['zeros', '\x00'.repeat(64)],
  ['ones', '\xff'.repeat(64)],
])('%s looks like nothing on the list', (_, text) => {
  expect(looksLike(Buffer.from(text, 'latin1'))).toEqual([])
})

test('a declared type is one of the list, in whatever case, and nothing more', () => {
  expect(contentTypeOf('image/png')).toBe('image/png')
  expect(contentTypeOf('IMAGE/Png')).toBe('image/png')
  for (const text of ['', 'image', 'image/png; charset=utf-8', ' image/png', 'image/svg+xml', 'constructor'])
    expect([text, contentTypeOf(text)]).toEqual([text, null])
})
