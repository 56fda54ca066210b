import { hash } from 'node:crypto'
import { isIP } from 'node:net'
import { expect, test } from 'vitest'
import { newKeyText } from '@/lib/keys/token'
import { clientAddress, peerAddress } from '@/lib/network/client-address'
import { canonicalAddress } from '@/lib/network/ip-address'
import { OperationalList } from './operational-list'
import { Recognizer } from './recognizer'
import { allowed, serviceKeyEntry } from './testing/entries'
import { isInside, judge, judgedClient } from './testing/oracle'
import {
  addresses,
  blockListHas,
  levels,
  methods,
  moments,
  rangeSets,
  start,
  states,
} from './testing/service-key-table'
import { verify } from './verifier'

const list = new OperationalList()
const source = { list, trust: () => 'current' as const }
const recognizer = new Recognizer({ issuer: '', audience: '' })

const asRead = (written: string | null) => ({
  written,
  address: written === null ? null : canonicalAddress(written),
})
const calledFrom = [...addresses, null].map(asRead)

const keys = states.flatMap(({ name, ...state }) =>
  levels.flatMap((accessLevel) =>
    rangeSets.map((ranges, n) => {
      const text = newKeyText('svc')
      list.putKey(
        serviceKeyEntry({
          id: `key_${name}_${accessLevel}_${n}`,
          digest: hash('sha256', text, 'base64'),
          accessLevel,
          allowedRanges: allowed(...ranges),
          expiresAt: state.expiresAt,
          revokedAt: state.acceptedUntil === null ? null : start - 2 * 86_400_000,
          acceptedUntil: state.acceptedUntil,
          disabledAt: state.isDisabled ? start - 5_000 : null,
          deletedAt: state.isDeleted ? start - 5_000 : null,
        }),
      )
      return { text, name, ...state, accessLevel, ranges }
    }),
  ),
)

test('every answer about a service key is the one of an independent oracle', () => {
  const wrong: unknown[] = []
  const counts = new Map<string, number>()
  for (const key of keys)
    for (const now of moments)
      for (const method of methods)
        for (const { written, address } of calledFrom) {
          const { code } = verify(source, recognizer, key.text, { method, address, now })
          const expected = judge(key, { method, address: written, now })
          counts.set(code, (counts.get(code) ?? 0) + 1)
          if (code !== expected) wrong.push({ key, now, method, written, code, expected })
        }
  expect(wrong).toEqual([])
  expect([...counts.keys()].sort()).toEqual(
    ['DISABLED', 'EXPIRED', 'INSUFFICIENT_ACCESS', 'IP_DENIED', 'NOT_FOUND', 'REVOKED', 'VALID'].sort(),
  )
  expect([...counts.values()].reduce((sum, count) => sum + count)).toBeGreaterThan(500_000)
  for (const count of counts.values()) expect(count).toBeGreaterThan(5_000)
})

test("an address that nobody made canonical is in no range; Node's block list agrees about all that are", () => {
  const wrong: unknown[] = []
  for (const key of keys.filter(({ name, accessLevel }) => name === 'active' && accessLevel === 'full'))
    for (const address of addresses) {
      const { code } = verify(source, recognizer, key.text, { method: 'GET', address, now: start })
      const isCanonical = canonicalAddress(address) === address
      const has = key.ranges.length === 0 || (isCanonical && blockListHas(key.ranges, address))
      if ((code === 'VALID') !== has) wrong.push({ ranges: key.ranges, address, code })
    }
  expect(wrong).toEqual([])
})

test('the oracle and Node take the same texts for addresses', () => {
  for (const address of addresses) {
    const isAddress = isIP(address) !== 0 && !address.includes('%')
    const inside = isInside('0.0.0.0/0', address) || isInside('::/0', address)
    expect([address, inside]).toEqual([address, isAddress])
  }
})

const trusted = ['10.0.0.0/8', '2001:db8:0:1::/64']
const isTrusted = (address: string) => trusted.some((range) => isInside(range, address))

test('whoever calls through any chain of proxies is who the oracle says', () => {
  const peers = [
    '10.9.9.9',
    '::ffff:10.9.9.9',
    '2001:db8:0:1::9',
    '192.0.2.9',
    '::ffff:192.0.2.9',
    '2001:db8::9',
  ]
  const hops = [
    ...addresses,
    '192.0.2.17:4711',
    '[2001:db8::1]:99',
    '[::ffff:10.1.2.3]',
    ' 10.1.2.4 ',
    '_hidden',
  ]
  const headers = [
    [],
    ...hops.map((hop) => [hop]),
    ...hops.flatMap((left) => hops.map((right) => [`${left}, ${right}`])),
    ...hops.map((hop) => ['203.0.113.1', hop, '10.1.2.3,10.3.3.3']),
  ]
  const wrong: unknown[] = []
  for (const peer of peers)
    for (const forwarded of headers) {
      const joined = forwarded.length === 0 ? null : forwarded.join(',')
      const client = clientAddress(peerAddress(peer), joined, isTrusted)
      const expected = canonicalAddress(judgedClient(peer, forwarded, trusted))
      if (client !== expected) wrong.push({ peer, forwarded, client, expected })
    }
  expect(wrong).toEqual([])
  expect(headers.length * peers.length).toBeGreaterThan(10_000)
})

test('what is no key of the list is not found or malformed, whatever it is called with', () => {
  for (const method of methods) {
    const call = { method, address: '192.0.2.17', now: start }
    const text = newKeyText('svc')
    const mistyped = `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`
    const codeOf = (token: string) => verify(source, recognizer, token, call).code
    expect(codeOf(text)).toBe('NOT_FOUND')
    for (const token of [mistyped, newKeyText('org'), `${text} `, text.toUpperCase(), 'kt_svc_', 'kt_', ''])
      expect([token, codeOf(token)]).toEqual([token, 'MALFORMED'])
  }
})
