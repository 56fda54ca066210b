import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { shellQuoted } from './shell-quoted'

test.each(['X-Order-Id: a', "X-O'Brien: a", "'", '', '$HOME `id` !! \\ "', "'; exit 7 #"])(
  '%j reaches a program as it is',
  (text) => {
    const printed = execFileSync('/bin/sh', ['-c', `printf %s ${shellQuoted(text)}`], { encoding: 'utf8' })
    expect(printed).toBe(text)
  },
)
