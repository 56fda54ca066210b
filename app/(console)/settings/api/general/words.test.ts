import { expect, test } from 'vitest'
import { headerNameFault } from '@/lib/settings/request-id-header'
import { characterText, headerNameWords } from './words'

function words(name: string): string {
  const fault = headerNameFault(name)
  if (!fault) throw new Error(`${name} is good`)
  return headerNameWords(fault, name)
}

test.each([
  ['', 'Enter a name'],
  ['A'.repeat(65), 'This name has 65 characters. Use 64 at most.'],
  ['bad header', 'cannot contain a space.'],
  ['X-Id:', 'cannot contain “:”.'],
  ['Authorization', 'Authorization carries keys'],
  ['Host', 'says which host is called'],
  ['Connection', 'belongs to the connection'],
  ['X-Forwarded-For', 'tells where a call came from'],
  ['Content-Type', 'describes the content'],
  ['User-Agent', 'is set by browsers'],
  ['X-Key-Id', 'which key was used'],
  ['X-Request-Id', 'is written by the API'],
])('%j is refused in words of its own', (name, part) => expect(words(name)).toContain(part))

test('no two rules are told in the same words', () => {
  const names = ['', 'A'.repeat(65), 'a b', 'Cookie', 'Host', 'Te', 'Forwarded', 'Range', 'Origin', 'Age']
  const told = names.map((name) => words(name).replace(name, ''))
  expect(new Set(told).size).toBe(names.length)
})

test.each([
  [' ', 'a space'],
  ['\t', 'a tab'],
  ['\r', 'a line break (U+000D)'],
  ['\u00a0', 'a blank (U+00A0)'],
  ['\u2028', 'a blank (U+2028)'],
  ['\u0001', 'an invisible character (U+0001)'],
  ['\u200b', 'an invisible character (U+200B)'],
  ['\u0301', 'an invisible character (U+0301)'],
  ['é', '“é” (U+00E9)'],
  ['😀', '“😀” (U+1F600)'],
  ['"', '“"”'],
])('the character %j can be read', (character, text) => expect(characterText(character)).toBe(text))
