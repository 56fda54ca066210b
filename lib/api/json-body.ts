import { findHeader } from './call-headers'

const jsonType = /^application\/json\s*(;\s*charset=("?)utf-8\2\s*)?$/i

/** What is wrong with how a body is announced; null when it is JSON as it is. */
export function jsonHeadersFault(rawHeaders: readonly string[]): string | null {
  if (!jsonType.test(findHeader(rawHeaders, 'content-type')?.value ?? ''))
    return 'Content-Type must be application/json.'
  if (findHeader(rawHeaders, 'content-encoding')) return 'The body must not be compressed.'
  return null
}
