import type { Use } from '@/lib/notices/kinds'
import type { Sentence } from './sentence'

export type Doer = { by: string; byEmail: string | null; from: string | null }

export function doneByText({ by, byEmail, from }: Doer): string {
  const who = byEmail && byEmail !== by ? `${by} (${byEmail})` : by
  return from ? `${who}, from ${from}` : who
}

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

/**
 * What somebody named, within a sentence of ours: it cannot end the quotation, nor become a link where mail programs
 * make links of addresses.
 */
export function quoted(name: string): string {
  return `“${name.replace(/[“”„‟"]/g, "'").replaceAll('://', ':\u2060//')}”`
}
