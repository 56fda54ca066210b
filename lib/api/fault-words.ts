import { badRequest, type Problem } from './problem'
import type { parseQuery } from './query'
import type { JsonFault } from './strict-json'

type QueryFault = Extract<ReturnType<typeof parseQuery>, { ok: false }>

const longestName = 64

/** What is wrong with a query string, by the name of the parameter. */
export function badQuery({ reason, details: name }: QueryFault): Problem {
  const shown = JSON.stringify(name.slice(0, longestName))
  switch (reason) {
    case 'unknown-parameter':
      return badRequest(`Query string: there is no parameter ${shown} here.`)
    case 'duplicate-parameter':
      return badRequest(`Query string: the parameter ${shown} may come once.`)
    case 'malformed-query':
      return badRequest('Query string: it is not percent-encoded UTF-8.')
  }
}

const jsonWords: Record<JsonFault, string> = {
  'byte-order-mark': 'it begins with a byte order mark; send it without',
  'not-utf-8': 'it is not UTF-8',
  'not-json': 'it is not JSON',
  'duplicate-member': 'an object has the same member twice',
  'lone-surrogate': 'a text has half a character (a lone surrogate)',
  'too-deep': 'it is nested too deeply',
}

export function badJson(fault: JsonFault): Problem {
  return badRequest(`Body: ${jsonWords[fault]}.`)
}
