import { createHash, randomBytes } from 'node:crypto'

/** What the link of an invitation carries; 256 random bits, kept nowhere but in the mail. */
export const newToken = (): string => randomBytes(32).toString('base64url')

export const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest()
