import { bitsOf, canonicalAddress, type Family, familyOf, ipv4Number, widthOf } from './ip-address'

/** One range; an address alone is a range of one. */
export type AddressRange = { address: string; prefix: number; family: Family }

/** Reads `10.0.0.0/8`, `2001:db8::/32` or one address. Null when it is malformed or has host bits set. */
export function parseRange(text: string): AddressRange | null {
  const [addressText = '', prefixText, ...rest] = text.split('/')
  const address = canonicalAddress(addressText)
  if (address === null || rest.length > 0) return null
  const family = familyOf(address)
  const prefix = prefixText === undefined ? widthOf[family] : prefixOf(prefixText, addressText, family)
  if (prefix === null) return null
  const { first } = spanOf({ address, prefix, family })
  return first === bitsOf(address) ? { address, prefix, family } : null
}

/** The number behind the slash, for the canonical address; null when there is no such range. */
export function prefixOf(prefixText: string, addressText: string, family: Family): number | null {
  if (!/^(0|[1-9]\d{0,2})$/.test(prefixText)) return null
  const isMapped = family === 'ipv4' && familyOf(addressText) === 'ipv6'
  const prefix = Number(prefixText) - (isMapped ? 96 : 0)
  return prefix >= 0 && prefix <= widthOf[family] ? prefix : null
}

/** From the first to the last address of a range, both in it, as bits. */
export type Span<N = bigint> = { first: N; last: N }

/** The range of that prefix which holds the address. */
export function spanOf({ address, prefix, family }: AddressRange): Span {
  const hostBits = (1n << BigInt(widthOf[family] - prefix)) - 1n
  const first = bitsOf(address) & ~hostBits
  return { first, last: first | hostBits }
}

/** A set of ranges; `has` takes a canonical address, and holds of no other text. */
export class AddressRanges {
  readonly #ipv4: readonly Span<number>[]
  readonly #ipv6: readonly Span[]

  constructor(ranges: readonly AddressRange[]) {
    const spans = (family: Family) => ranges.filter((range) => range.family === family).map(spanOf)
    this.#ipv4 = spans('ipv4').map(({ first, last }) => ({ first: Number(first), last: Number(last) }))
    this.#ipv6 = spans('ipv6')
  }

  has(address: string): boolean {
    const number = ipv4Number(address)
    if (number !== null) return this.#ipv4.some(({ first, last }) => number >= first && number <= last)
    if (this.#ipv6.length === 0 || canonicalAddress(address) !== address) return false
    const bits = bitsOf(address)
    return this.#ipv6.some(({ first, last }) => bits >= first && bits <= last)
  }
}
