import type { Base64Fault } from '@/lib/media/base64-decoder'
import { contentTypes } from '@/lib/media/content-type'
import { base64Length } from '@/lib/media/limit'
import { base64SizeText, exactSizeText } from '@/lib/media/sizes'
import { badRequest, type Problem, unavailable } from './problem'

/** @param isWhole false when counting stopped: the file has more bytes than that */
export function mediaTooLarge(limitBytes: number, actualBytes: number, isWhole: boolean): Problem {
  const inWords = (bytes: number) => `${exactSizeText(bytes)}, ${base64SizeText(bytes)}`
  return {
    status: 413,
    code: 'MEDIA_TOO_LARGE',
    title: 'The file is too large',
    detail:
      `The file has ${isWhole ? '' : 'more than '}${inWords(actualBytes)}. ` +
      `The limit is ${inWords(limitBytes)}. An admin can request a larger one under Settings > API > Media.`,
    members: {
      limitBytes,
      limitBase64Bytes: base64Length(limitBytes),
      actualBytes,
      actualBase64Bytes: base64Length(actualBytes),
      isActualWhole: isWhole,
    },
  }
}

export const tooManyUploads: Problem = {
  ...unavailable,
  code: 'TOO_MANY_UPLOADS',
  title: 'Too many uploads are running at the moment',
}

const base64Details: Record<Base64Fault['kind'], (position: number) => string> = {
  empty: () => '`data` is empty: a file has at least one byte.',
  'data-url': () =>
    '`data` begins with "data:", as a URL does. Send only the Base64 that stands after "base64,".',
  'url-safe': (position) =>
    `\`data\` is URL-safe Base64: "-" or "_" after ${position} characters. Send standard Base64, with "+" and "/" (RFC 4648, section 4).`,
  'line-break': (position) =>
    `\`data\` has a line break after ${position} characters. Send the Base64 in one line.`,
  'not-in-alphabet': (position) =>
    `\`data\` is not Base64: what stands after ${position} characters is not in its alphabet (RFC 4648, section 4).`,
  padding: (position) =>
    `\`data\` is not Base64: its padding is wrong after ${position} characters. The text is filled up with "=" to a multiple of 4 characters, and nothing follows.`,
  'trailing-bits': (position) =>
    `\`data\` is not Base64: its last character before the padding, after ${position - 1} characters, holds bits that belong to no byte.`,
}

export function notBase64({ kind, position }: Base64Fault): Problem {
  return { ...badRequest(base64Details[kind](position)), code: 'INVALID_BASE64', members: { position } }
}

export function typeNotAllowed(): Problem {
  return {
    status: 415,
    code: 'MEDIA_TYPE_NOT_ALLOWED',
    title: 'Files of this type are not taken',
    detail: `\`contentType\` must be one of ${contentTypes.join(', ')}.`,
    members: { allowed: contentTypes },
  }
}

/** @param looksLike types of the list that the content could be */
export function typeMismatch(declared: string, looksLike: readonly string[]): Problem {
  const seen = looksLike.length === 0 ? 'no type that is taken' : looksLike.join(' or ')
  return {
    status: 422,
    code: 'MEDIA_TYPE_MISMATCH',
    title: 'The file is not of the type that it is said to be',
    detail: `\`contentType\` says ${declared}, but the file begins like ${seen}.`,
    members: { looksLike },
  }
}
