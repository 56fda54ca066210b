import { expect, test } from 'vitest'
import { verdictOf } from './verdict'

const limit = 5_242_880
const file = { name: 'a.png', size: 1, type: 'image/png', isFolder: false }
const say = (change: Partial<typeof file>) => verdictOf({ ...file, ...change }, limit, ['image/png'])

test.each([
  [limit - 1, true, 'Passes.'],
  [limit, true, 'Passes.'],
  [limit + 1, false, 'Too large by 1 byte.'],
  [limit * 2, false, 'Too large by 5 MiB (5,242,880 bytes).'],
  [0, false, 'Empty. The API takes no file without content.'],
])('%i bytes', (size, passes, words) => expect(say({ size })).toEqual({ passes, words }))

test('a folder is told apart, whatever size it claims', () => {
  expect(say({ isFolder: true, size: 4_096 })).toMatchObject({ passes: false })
})

test('the type is held against the list; upper and lower case are the same', () => {
  expect(say({ type: 'IMAGE/PNG' }).passes).toBe(true)
  expect(say({ type: 'text/html' })).toEqual({
    passes: false,
    words: 'Small enough, but the API takes no files of type text/html.',
  })
  expect(say({ type: '' }).words).toContain('cannot tell its type')
})

test('a type is known by the names that systems give it, too', () => {
  const types = ['audio/mp4', 'audio/wav']
  for (const type of ['audio/x-m4a', 'audio/x-wav', 'Audio/Wave'])
    expect([type, verdictOf({ ...file, type }, limit, types).words]).toEqual([type, 'Passes.'])
})
