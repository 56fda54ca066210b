import { canonicalAddress } from './ip-address'

/** The address of a connection's other end, canonical and without a zone id. */
export function peerAddress(remoteAddress: string | undefined): string {
  const [address = ''] = (remoteAddress ?? '').split('%')
  return canonicalAddress(address) ?? 'unknown'
}

/**
 * Who calls. The peer, unless it is a trusted proxy: then the forwarded list is read from the right, where our
 * own proxies wrote, up to the first address that is not one of them. What stands further left, or cannot be
 * read, is anybody's word and is not believed.
 */
export function clientAddress(
  peer: string,
  forwardedFor: string | null,
  isTrusted: (address: string) => boolean,
): string {
  if (forwardedFor === null || !isTrusted(peer)) return peer
  let client = peer
  for (const entry of forwardedFor.split(',').reverse()) {
    const address = canonicalAddress(withoutPort(entry.trim()))
    if (address === null) return client
    client = address
    if (!isTrusted(address)) return client
  }
  return client
}

// Some proxies write the port beside the address: 192.0.2.1:4711, [2001:db8::1]:4711.
function withoutPort(entry: string): string {
  return /^\[([^\]]+)\](?::\d{1,5})?$/.exec(entry)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(entry)?.[1] ?? entry
}
