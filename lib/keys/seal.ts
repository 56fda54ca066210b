import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** `id` names the key inside each sealed text, so that several master keys can be in use while one replaces another. */
export type MasterKey = { id: string; bytes: Buffer }

const version = 'v1'

/**
 * Seals `plain` with AES-256-GCM under the first master key: `v1.<master key id>.<nonce>.<ciphertext+tag>`,
 * base64url. `context` is authenticated, not stored: a text moved to another row or organization does not open.
 */
export function seal(plain: string, context: string, masterKeys: readonly MasterKey[]): string {
  const master = masterKeys[0]
  if (!master) throw new Error('no master key')
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', master.bytes, nonce)
  cipher.setAAD(associatedData(master.id, context))
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return [version, master.id, nonce.toString('base64url'), sealed.toString('base64url')].join('.')
}

/** @throws when the text was altered, belongs to another context, or its master key is not configured */
export function open(sealedText: string, context: string, masterKeys: readonly MasterKey[]): string {
  const [format, keyId, nonceText, bodyText, ...rest] = sealedText.split('.')
  if (format !== version || !nonceText || !bodyText || rest.length > 0)
    throw new Error('sealed text has an unknown format')
  const master = masterKeys.find((key) => key.id === keyId)
  if (!master) throw new Error(`master key "${keyId}" is not configured`)
  const nonce = canonicalBytes(nonceText)
  const body = canonicalBytes(bodyText)
  const decipher = createDecipheriv('aes-256-gcm', master.bytes, nonce, { authTagLength: 16 })
  decipher.setAAD(associatedData(master.id, context))
  decipher.setAuthTag(body.subarray(-16))
  return Buffer.concat([decipher.update(body.subarray(0, -16)), decipher.final()]).toString('utf8')
}

/** The id of the master key that a sealed text is under. */
export function sealedUnder(sealedText: string): string {
  return sealedText.split('.')[1] ?? ''
}

/** A 32-byte key for one purpose, so that no master key is ever used for two things. */
export function deriveKey(master: MasterKey, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master.bytes, Buffer.alloc(0), `keyturn/${purpose}`, 32))
}

function associatedData(keyId: string, context: string): Buffer {
  return Buffer.from(`${version}\0${keyId}\0${context}`)
}

function canonicalBytes(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) throw new Error('sealed text is not canonical base64url')
  return bytes
}
