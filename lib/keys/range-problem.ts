import { prefixOf, spanOf } from '@/lib/network/address-ranges'
import { addressOf, canonicalAddress, familyOf, widthOf } from '@/lib/network/ip-address'

export const mostRanges = 100

/** Why a text is no range; where one was probably meant, which. */
export type RangeProblem =
  | { rule: 'empty' }
  | { rule: 'several' }
  | { rule: 'zone' }
  | { rule: 'port' }
  | { rule: 'octal' }
  | { rule: 'hex' }
  | { rule: 'short' }
  | { rule: 'not-an-address' }
  | { rule: 'bad-prefix'; least: number; most: number }
  | { rule: 'host-bits'; meant: string }
  | { rule: 'too-many' }

export function rangeProblemText(problem: RangeProblem): string {
  if (problem.rule === 'host-bits')
    return `This address lies inside a range; the whole range is ${problem.meant}.`
  if (problem.rule === 'bad-prefix')
    return `After the slash stands a number from ${problem.least} to ${problem.most}, such as /${problem.most}.`
  return words[problem.rule]
}

const words: Record<Exclude<RangeProblem['rule'], 'host-bits' | 'bad-prefix'>, string> = {
  empty: 'Enter an address or a range, such as 192.0.2.0/24.',
  several: 'Write one range a line.',
  zone: 'An address with a zone (after %) holds on one machine only. Leave the zone out.',
  port: 'Leave the port and the brackets out.',
  octal: 'Write the parts without leading zeros: some programs read 010 as 8.',
  hex: 'Write the address with decimal numbers, such as 192.0.2.1.',
  short: 'Write all four parts of the address, such as 10.0.0.0/8.',
  'not-an-address': 'This is no IPv4 or IPv6 address or range, such as 192.0.2.0/24 or 2001:db8::/32.',
  'too-many': `A key has at most ${mostRanges} ranges.`,
}

/** What is wrong with a text that was not read as a range; it has no blanks around it. */
export function problemOf(text: string): RangeProblem {
  if (text === '') return { rule: 'empty' }
  if (/[\s,;]/.test(text)) return { rule: 'several' }
  const [addressText = '', prefixText, ...rest] = text.split('/')
  const address = canonicalAddress(addressText)
  if (address === null) return { rule: addressFault(addressText) }
  const family = familyOf(address)
  const isMapped = family === 'ipv4' && familyOf(addressText) === 'ipv6'
  const prefix = rest.length > 0 ? null : prefixOf(prefixText ?? '', addressText, family)
  if (prefix === null)
    return { rule: 'bad-prefix', least: isMapped ? 96 : 0, most: isMapped ? 128 : widthOf[family] }
  const { first } = spanOf({ address, prefix, family })
  return { rule: 'host-bits', meant: `${addressOf(first, family)}/${prefix}` }
}

function addressFault(text: string): 'zone' | 'port' | 'hex' | 'octal' | 'short' | 'not-an-address' {
  if (text.includes('%')) return 'zone'
  if (/^\[.*\](:\d*)?$/.test(text) || /^[\d.]+:\d*$/.test(text)) return 'port'
  if (/^(0x[0-9a-f]*|\d+)(\.(0x[0-9a-f]*|\d+))*$/i.test(text) && /x/i.test(text)) return 'hex'
  if (/^\d+(\.\d+){0,3}$/.test(text) && /(^|\.)0\d/.test(text)) return 'octal'
  if (/^\d+(\.\d+){0,2}\.?$/.test(text)) return 'short'
  return 'not-an-address'
}
