import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { deriveKey, type MasterKey } from './seal'

/**
 * The console's "Test" makes a real call that must not count as use. The mark is keyed: were it a plain header,
 * whoever stole a key could hide their calls with it.
 */
export const testCallHeader = 'x-keyturn-test'

const goodForSeconds = 60

export function testMark(token: string, now: Date, masterKeys: readonly MasterKey[]): string {
  const seconds = Math.floor(now.getTime() / 1000)
  const [current] = masterKeys
  if (!current) throw new Error('no master key')
  return `${seconds}.${macOf(seconds, token, current)}`
}

export function isTestCall(
  mark: string,
  token: string,
  now: Date,
  masterKeys: readonly MasterKey[],
): boolean {
  const [secondsText = '', mac = ''] = mark.split('.')
  const seconds = Number(secondsText)
  if (!Number.isSafeInteger(seconds) || Math.abs(now.getTime() / 1000 - seconds) > goodForSeconds)
    return false
  return masterKeys.some((key) => same(mac, macOf(seconds, token, key)))
}

function macOf(seconds: number, token: string, master: MasterKey): string {
  const tokenDigest = createHash('sha256').update(token).digest('hex')
  return createHmac('sha256', deriveKey(master, 'test-call'))
    .update(`${seconds}.${tokenDigest}`)
    .digest('hex')
}

function same(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}
