import { expect, test } from 'vitest'
import { parseQuery, splitTarget } from './query'

test.each([
  ['/a/b', ['/a/b', '']],
  ['/a?b=c?d', ['/a', 'b=c?d']],
  ['https://api.example/a?b', ['/a', 'b']],
  ['http://api.example', ['', '']],
  ['', ['', '']],
])('%j is path and query', (target, parts) => {
  expect(splitTarget(target)).toEqual(parts)
})

test.each([
  ['b=1', 'unknown-parameter'],
  ['a=1&a=1', 'duplicate-parameter'],
  ['a=1&%61=2', 'duplicate-parameter'],
  ['a=%E0%A4%A', 'malformed-query'],
  ['a=%ED%A0%80', 'malformed-query'],
  ['__proto__=1', 'unknown-parameter'],
])('%s is refused: %s', (query, reason) => {
  expect(parseQuery(query, ['a'])).toMatchObject({ ok: false, reason })
})

test('allowed parameters are read once each', () => {
  expect(parseQuery('a=x%20y', ['a', 'b'])).toMatchObject({ ok: true, value: new Map([['a', 'x y']]) })
})
