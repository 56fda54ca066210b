import { validateHeaderValue } from 'node:http'
import { expect, test } from 'vitest'
import { headerText } from './header-text'

test.each([
  ['Organization key, generation 2', 'Organization key, generation 2'],
  ['Billing "sync" (EU)', 'Billing "sync" (EU)'],
  ['100 % für Łódź', '100 %25 f%C3%BCr %C5%81%C3%B3d%C5%BA'],
  ['%41', '%2541'],
  ['🔑 key', '%F0%9F%94%91 key'],
  ['a\r\nX-Org-Id: org_other', 'a%0D%0AX-Org-Id: org_other'],
  ['tab\t, null \0, line\u2028', 'tab%09, null %00, line%E2%80%A8'],
  [' between blanks ', '%20between blanks%20'],
  ['\ud800', '%EF%BF%BD'],
])('%j is sent as %j', (name, sent) => {
  expect(headerText(name)).toBe(sent)
  expect(() => validateHeaderValue('X-Key-Name', sent)).not.toThrow()
  if (name.isWellFormed()) expect(decodeURIComponent(sent)).toBe(name)
})
