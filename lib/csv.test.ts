import { expect, test } from 'vitest'
import { csv } from './csv'

test('no cell is a formula, whether its rows are parted at commas, semicolons, tabs or bars', () => {
  const cells = ['=1', '+1', '-1', '@a', 'x;=1', 'x; +http://a', 'x\t=1', 'x|-1', '"a";=1']
  const [line = ''] = csv([cells]).split('\r\n')
  for (const separator of [',', ';', '\t', '|'])
    for (const cell of line.split(separator)) expect(cell.replaceAll('"', '').trim()).not.toMatch(/^[=+\-@]/)
})

test('what is no formula stays as it is', () => {
  expect(csv([['a;b', 'Mozilla/5.0 (X11; Linux)', '2;-', 'x - y']])).toBe(
    "a;b,Mozilla/5.0 (X11; Linux),2;'-,x - y\r\n",
  )
})

test('line breaks and quotes are quoted', () => {
  expect(csv([['a\nb', 'c\rd', 'e"f']])).toBe('"a\nb","c\rd","e""f"\r\n')
})
