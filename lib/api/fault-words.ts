import type { z } from 'zod'
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

/**
 * What is wrong with the members of a body, by the name of the first that is.
 * @param final members that are there but cannot be changed, and why
 */
export function badMembers(error: z.ZodError, final: Readonly<Record<string, string>> = {}): Problem {
  const [issue] = error.issues
  if (issue?.code === 'unrecognized_keys') {
    const [name = ''] = issue.keys
    const at = [...issue.path, name].join('.').slice(0, longestName)
    const why = Object.hasOwn(final, at) ? final[at] : undefined
    return badRequest(
      why === undefined
        ? `Body: there is no member ${JSON.stringify(at)} here.`
        : `Body: ${at} is final: ${why}`,
    )
  }
  const message = (issue?.message ?? 'it is not as it should be').replace(/[^.]$/, '$&.')
  const at = issue?.path.join('.') ?? ''
  return badRequest(`Body: ${at === '' ? '' : `${at}: `}${message}`)
}
