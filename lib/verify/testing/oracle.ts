import type { AccessLevel } from '@/lib/keys/access-level'

/**
 * What CONTRACT.md says of a service key, written a second time and in another way than the product: addresses as
 * texts of ones and zeros, read by the URL parser. It must not import what it judges.
 */
export type JudgedKey = {
  accessLevel: AccessLevel
  /** In CIDR; none: any address. */
  ranges: readonly string[]
  expiresAt: number | null
  acceptedUntil: number | null
  isDisabled: boolean
  isDeleted: boolean
}

/** `address` as somebody wrote it; null: nobody did. */
export type JudgedCall = { method: string | null; address: string | null; now: number }

const methodsOf: Record<AccessLevel, RegExp> = {
  read: /^(GET|HEAD|OPTIONS)$/,
  'read-write': /^(GET|HEAD|OPTIONS|POST|PUT|PATCH)$/,
  full: /(?:)/,
}

export function judge(key: JudgedKey, call: JudgedCall): string {
  const isOver = (moment: number | null) => moment !== null && moment <= call.now
  if (key.isDeleted) return 'NOT_FOUND'
  if (isOver(key.acceptedUntil)) return 'REVOKED'
  if (isOver(key.expiresAt)) return 'EXPIRED'
  if (key.isDisabled) return 'DISABLED'
  const isInRange = key.ranges.length === 0 || key.ranges.some((range) => isInside(range, call.address))
  if (!isInRange) return 'IP_DENIED'
  const isMethodAllowed =
    call.method === null ? key.accessLevel === 'full' : methodsOf[key.accessLevel].test(call.method)
  return isMethodAllowed ? 'VALID' : 'INSUFFICIENT_ACCESS'
}

/**
 * Who calls: the rightmost address that is not trusted, or the last trusted one before something unreadable.
 * @param forwarded every `X-Forwarded-For`, in the order of arrival
 */
export function judgedClient(peer: string, forwarded: readonly string[], trusted: readonly string[]): string {
  const isTrusted = (address: string) => trusted.some((range) => isInside(range, address))
  const chain = [...forwarded.join(',').split(',').map(withoutPort), peer]
  if (forwarded.length === 0) return peer
  let at = chain.length - 1
  while (at > 0 && isTrusted(chain[at] ?? '') && bitsOf(chain[at - 1] ?? '') !== null) at--
  return chain[at] ?? ''
}

export function isInside(range: string, address: string | null): boolean {
  const [networkText = '', prefix] = range.split('/')
  const network = bitsOf(networkText)
  if (network === null) throw new Error(`${range} is no range`)
  const bits = address === null ? null : bitsOf(address)
  return bits?.length === network.length && bits.startsWith(network.slice(0, Number(prefix)))
}

export function isAddress(text: string): boolean {
  return bitsOf(text) !== null
}

const known = new Map<string, string | null>()

/** 32 or 128 characters `0` and `1`; an IPv4-mapped address is IPv4. */
function bitsOf(address: string): string | null {
  const bits = known.get(address)
  if (bits !== undefined) return bits
  known.set(address, readBits(address))
  return bitsOf(address)
}

function readBits(address: string): string | null {
  const part = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])'
  const ipv4 = new RegExp(`^${part}\\.${part}\\.${part}\\.${part}$`).exec(address)
  if (ipv4)
    return ipv4
      .slice(1)
      .map((text) => binary(Number(text), 8))
      .join('')
  if (!address.includes(':') || !/^[0-9a-f:.]+$/i.test(address) || !URL.canParse(`http://[${address}]/`))
    return null
  // Hexadecimal groups only, and one `::` at most.
  const [left = '', right] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::')
  const groups = (text: string) =>
    text === ''
      ? ''
      : text
          .split(':')
          .map((hex) => binary(Number.parseInt(hex, 16), 16))
          .join('')
  const bits =
    right === undefined ? groups(left) : groups(left).padEnd(128 - groups(right).length, '0') + groups(right)
  return bits.startsWith('0'.repeat(80) + '1'.repeat(16)) ? bits.slice(96) : bits
}

function binary(number: number, width: number): string {
  return number.toString(2).padStart(width, '0')
}

function withoutPort(entry: string): string {
  const text = entry.trim()
  if (bitsOf(text) !== null) return text
  const [, ipv6, ipv4] = /^(?:\[(.*)\]|([0-9.]+))(?::[0-9]{1,5})?$/.exec(text) ?? []
  return ipv6 ?? ipv4 ?? text
}
