import type { Use } from './kinds'
import type { Sentence } from './words'

/** When, from where and by what a key was last used. */
export function lastUseText(use: Use | null): Sentence {
  return use
    ? [new Date(use.at), ` from ${use.address}${program(use)}`]
    : ['Never: no call with it was accepted']
}

/** Who still uses a key, and since when they were not heard of. */
export function userText(use: Use): Sentence {
  return [`${use.address}, last call `, new Date(use.at), program(use)]
}

export function addressesText(count: number): string {
  return count === 1 ? '1 address' : `${count} addresses`
}

function program({ userAgent }: Use): string {
  return userAgent ? `, ${userAgent}` : ''
}
