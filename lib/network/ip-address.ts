/** Nothing here needs Node: the console's editor, the writing and the checking of ranges read addresses alike. */
export type Family = 'ipv4' | 'ipv6'

/** How many bits an address of that family has. */
export const widthOf: Record<Family, number> = { ipv4: 32, ipv6: 128 }

/**
 * The one canonical text of an address: IPv4 in four decimal parts, IPv6 as RFC 5952 writes it, IPv4-mapped IPv6
 * as IPv4. Null for anything else: octal, hex or short IPv4, a zone id, a port.
 */
export function canonicalAddress(text: string): string | null {
  if (ipv4Number(text) !== null) return text
  const groups = ipv6Groups(text)
  return groups && textOfGroups(groups)
}

export function familyOf(address: string): Family {
  return address.includes(':') ? 'ipv6' : 'ipv4'
}

/** The 32 bits of an IPv4 address, or null. It is asked on every call, so it neither splits nor matches. */
export function ipv4Number(text: string): number | null {
  if (text.length > 15) return null
  let number = 0
  let dots = 0
  let part = -1
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit === -2 && part >= 0) {
      number = number * 256 + part
      part = -1
      dots++
    } else {
      if (digit < 0 || digit > 9 || part === 0) return null
      part = part < 0 ? digit : part * 10 + digit
      if (part > 255) return null
    }
  }
  return dots === 3 && part >= 0 ? number * 256 + part : null
}

/** The bits of a canonical address. */
export function bitsOf(address: string): bigint {
  const number = ipv4Number(address)
  if (number !== null) return BigInt(number)
  return (ipv6Groups(address) ?? []).reduce((bits, group) => (bits << 16n) | BigInt(group), 0n)
}

/** The canonical address that has these bits. */
export function addressOf(bits: bigint, family: Family): string {
  if (family === 'ipv4') return ipv4Text(Number(bits >> 16n), Number(bits & 0xffffn))
  return textOfGroups(
    Array.from({ length: 8 }, (_, place) => Number((bits >> BigInt(112 - 16 * place)) & 0xffffn)),
  )
}

/** The eight groups of 16 bits of an IPv6 address, or null. `::` stands for one group of zeros at least. */
function ipv6Groups(text: string): number[] | null {
  const [head = '', tail, ...rest] = text.split('::')
  if (rest.length > 0) return null
  const left = groupsOf(head, tail === undefined)
  const right = groupsOf(tail ?? '', true)
  if (left === null || right === null) return null
  const missing = 8 - left.length - right.length
  if (tail === undefined ? missing !== 0 : missing < 1) return null
  return [...left, ...Array<number>(missing).fill(0), ...right]
}

/** The last two groups of an address may be written as IPv4. */
function groupsOf(part: string, isLast: boolean): number[] | null {
  if (part === '') return []
  const groups: number[] = []
  const words = part.split(':')
  for (const [place, word] of words.entries()) {
    const dotted = isLast && place === words.length - 1 ? ipv4Number(word) : null
    if (dotted !== null) groups.push(Math.floor(dotted / 65_536), dotted % 65_536)
    else if (/^[0-9a-f]{1,4}$/i.test(word)) groups.push(Number.parseInt(word, 16))
    else return null
  }
  return groups
}

function textOfGroups(groups: readonly number[]): string {
  const [high = 0, low = 0] = groups.slice(6)
  const zeros = longestZeros(groups)
  if (zeros.start === 0 && zeros.length === 5 && groups[5] === 0xffff) return ipv4Text(high, low)
  // Operating systems, Node and Postgres write the deprecated IPv4-compatible addresses so.
  if (zeros.start === 0 && zeros.length === 6) return `::${ipv4Text(high, low)}`
  const text = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':')
  if (zeros.length < 2) return text(groups)
  return `${text(groups.slice(0, zeros.start))}::${text(groups.slice(zeros.start + zeros.length))}`
}

/** The longest run of zero groups, the first one of equals. */
function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let longest = { start: 0, length: 0 }
  let start = 0
  for (const [place, group] of groups.entries()) {
    if (group !== 0) start = place + 1
    else if (place + 1 - start > longest.length) longest = { start, length: place + 1 - start }
  }
  return longest
}

function ipv4Text(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}
