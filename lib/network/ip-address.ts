import { BlockList, isIPv4, isIPv6, SocketAddress } from 'node:net'

/**
 * The one canonical text of an address: IPv4 in four decimal parts, IPv6 as RFC 5952 writes it, IPv4-mapped IPv6
 * as IPv4. Null for anything else: octal, hex or short IPv4, a zone id, a port.
 */
export function canonicalAddress(text: string): string | null {
  if (isIPv4(text)) return text
  if (!isIPv6(text) || text.includes('%')) return null
  const { address } = new SocketAddress({ address: text, family: 'ipv6' })
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1]
  return mapped ?? address
}

/** One range; an address alone is a range of one. */
export type AddressRange = { address: string; prefix: number; family: 'ipv4' | 'ipv6' }

/** Reads `10.0.0.0/8`, `2001:db8::/32` or one address. Null when it is malformed or has host bits set. */
export function parseRange(text: string): AddressRange | null {
  const [addressText = '', prefixText, ...rest] = text.split('/')
  const address = canonicalAddress(addressText)
  if (!address || rest.length > 0) return null
  const family = isIPv4(address) ? 'ipv4' : 'ipv6'
  const width = family === 'ipv4' ? 32 : 128
  if (prefixText === undefined) return { address, prefix: width, family }
  if (!/^(0|[1-9]\d{0,2})$/.test(prefixText)) return null
  const mapped = family === 'ipv4' && addressText.includes(':')
  const prefix = Number(prefixText) - (mapped ? 96 : 0)
  if (prefix < 0 || prefix > width) return null
  return hostBitsAreZero(address, prefix, family) ? { address, prefix, family } : null
}

/** A set of ranges; `has` takes a canonical address. */
export class AddressRanges {
  readonly #list = new BlockList()
  readonly #empty: boolean

  constructor(ranges: readonly AddressRange[]) {
    this.#empty = ranges.length === 0
    for (const { address, prefix, family } of ranges) this.#list.addSubnet(address, prefix, family)
  }

  has(address: string): boolean {
    return !this.#empty && this.#list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')
  }
}

function hostBitsAreZero(address: string, prefix: number, family: 'ipv4' | 'ipv6'): boolean {
  const [width, bits] = family === 'ipv4' ? [32n, bitsOfIPv4(address)] : [128n, bitsOfIPv6(address)]
  return (bits & ((1n << (width - BigInt(prefix))) - 1n)) === 0n
}

function bitsOfIPv4(address: string): bigint {
  return address.split('.').reduce((bits, part) => (bits << 8n) | BigInt(part), 0n)
}

function bitsOfIPv6(address: string): bigint {
  // The canonical form may still end in dotted IPv4, as in ::10.0.0.1.
  const dotted = /(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1]
  const hex = dotted ? address.replace(dotted, hexGroups(bitsOfIPv4(dotted))) : address
  const [head = '', tail] = hex.split('::')
  const groups = (part: string) => (part === '' ? [] : part.split(':'))
  const [left, right] = [groups(head), groups(tail ?? '')]
  const zeros: string[] = Array(tail === undefined ? 0 : 8 - left.length - right.length).fill('0')
  return [...left, ...zeros, ...right].reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n)
}

function hexGroups(bits: bigint): string {
  return `${(bits >> 16n).toString(16)}:${(bits & 0xffffn).toString(16)}`
}
