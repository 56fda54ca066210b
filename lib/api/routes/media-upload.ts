import { z } from '@hono/zod-openapi'
import { authenticate, type Caller } from '@/lib/api/authenticate'
import { type Endpoint, failed, firstIssue } from '@/lib/api/endpoint'
import type { Exchange } from '@/lib/api/exchange'
import { badJson, badQuery } from '@/lib/api/fault-words'
import { jsonHeadersFault } from '@/lib/api/json-body'
import {
  mediaTooLarge,
  notBase64,
  tooManyUploads,
  typeMismatch,
  typeNotAllowed,
} from '@/lib/api/media-problems'
import { badRequest, type Problem, timedOut } from '@/lib/api/problem'
import { parseQuery } from '@/lib/api/query'
import { type ReceivedUpload, receiveUpload } from '@/lib/api/receive-upload'
import { parseStrictJson } from '@/lib/api/strict-json'
import { contentTypeOf, contentTypes, looksLike } from '@/lib/media/content-type'
import { fileNameFault } from '@/lib/media/file-name'
import { IncomingFile } from '@/lib/media/incoming-file'
import { effectiveMediaLimit } from '@/lib/media/limit'
import type { UploadFacts } from '@/lib/media/store-upload'
import { storeUpload } from '@/lib/media/store-upload'
import { UploadMemory } from '@/lib/media/upload-memory'
import { skeletonLimitBytes } from '@/lib/media/upload-scanner'
import { done, type Outcome, type Refusal, refuse } from '@/lib/outcome'
import { described, json } from './described'
import { customerRequestIdMember, dateTime, envelope, problemBody } from './schemas'

const memory = new UploadMemory(512 * 1_048_576)
/** Beyond its limit a file is counted so far, for the answer to say how large it is. */
const countUpToBytes = (limitBytes: number) => 4 * limitBytes + 1_048_576

const question = z
  .strictObject({
    fileName: z.string().openapi({
      description: 'A name of 1–255 characters, without a path and without control characters.',
      example: 'photo.png',
    }),
    contentType: z.string().openapi({ enum: [...contentTypes], example: 'image/png' }),
    data: z.string().openapi({
      description:
        "The file in standard Base64 (RFC 4648, section 4), with padding, in one line. Its decoded size counts against the organization's limit.",
      format: 'byte',
      example: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mNwtjgFAAIHAUa9Q3PQAAAAAElFTkSuQmCC',
    }),
    customerRequestId: customerRequestIdMember,
  })
  .openapi('Upload')

export const storedFile = z
  .object({
    id: z.string().openapi({ example: 'med_4fJ2kQ0aLq3Zk8MzqPXv1c' }),
    bytes: z.int().openapi({ description: 'Decoded.', example: 69 }),
    sha256: z.string().openapi({
      description: 'Of the decoded bytes, in lower-case hexadecimal.',
      example: '9541a64994a1bc72b48258c588173a62c4699ab0c89b13ba0b7f8dad49be8610',
    }),
    createdAt: dateTime,
  })
  .openapi('StoredFile')

const tooLarge = problemBody
  .extend({
    limitBytes: z.int().openapi({ description: 'Decoded.', example: 5_242_880 }),
    limitBase64Bytes: z.int().openapi({ description: 'The same as Base64.', example: 6_990_508 }),
    actualBytes: z.int().openapi({ example: 6_291_456 }),
    actualBase64Bytes: z.int().openapi({ example: 8_388_608 }),
    isActualWhole: z
      .boolean()
      .openapi({ description: '`false`: counting stopped there, the file has even more.' }),
  })
  .openapi('MediaTooLarge')

export const uploadEndpoint: Endpoint = {
  method: 'POST',
  path: '/v1/media',
  readsLate: true,
  config: described({
    method: 'post',
    path: '/v1/media',
    summary: 'Upload a file',
    description:
      "The members may come in any order. The file's first bytes must be those of its `contentType`. A file that is refused leaves nothing behind.",
    body: question,
    answers: {
      201: json(envelope(storedFile, z.object({})), 'Stored'),
      413: {
        description: "The file is larger than the organization's limit",
        content: { 'application/problem+json': { schema: tooLarge } },
      },
    },
    problems: {
      400: 'The body is not well-formed; `code` is `INVALID_BASE64` when `data` is why',
      408: 'The body came too slowly: 20 seconds without a byte, or 10 minutes in all',
      415: 'Files of this type are not taken; `allowed` lists those that are',
      422: 'The file is not of the type that it is said to be',
    },
  }),
  // Whoever may not upload is told so before a byte of the body is read.
  answer(exchange) {
    const parameters = parseQuery(exchange.query, ['customerRequestId'])
    const caller = authenticate(exchange, exchange.method)
    if (caller.problem) return caller.problem
    if (!parameters.ok) return badQuery(parameters)
    const fault = jsonHeadersFault(exchange.request.rawHeaders)
    if (fault !== null) return badRequest(fault)
    upload(exchange, caller).catch((error) => failed(exchange, error))
    return null
  },
}

async function upload(exchange: Exchange, caller: Caller): Promise<void> {
  const { request, response, api } = exchange
  const { organization, id: keyId } = caller.key
  const limitBytes = effectiveMediaLimit(organization, caller.now)
  const file = new IncomingFile(organization.id, limitBytes, memory)
  try {
    if (request.headers.expect !== undefined) response.writeContinue()
    const received = await receiveUpload(request, file, countUpToBytes(limitBytes))
    if (received.end === 'aborted') {
      exchange.abort()
      return
    }
    const judged = judge(received, file, limitBytes)
    const field = judged.ok ? judged.value.customerRequestId : judged.details.customerRequestId
    exchange.takeCustomerRequestId(field)
    if (!judged.ok) {
      exchange.problem(judged.details.problem)
      return
    }
    const { customerRequestId: _, ...named } = judged.value
    const facts: UploadFacts = { organizationId: organization.id, keyId, ...named }
    const stored = await storeUpload(facts, file, () => !response.destroyed, new Date(api.now()))
    if (stored === null) exchange.abort()
    else {
      const { id, bytes, sha256, createdAt } = stored
      exchange.answer(201, { id, bytes, sha256: sha256.toString('hex'), createdAt })
    }
  } finally {
    file.giveUp()
  }
}

type Judged = Outcome<
  Pick<UploadFacts, 'fileName' | 'contentType'> & { customerRequestId: unknown },
  Refusal<'refused', { problem: Problem; customerRequestId?: unknown }>
>

/** Whether what has arrived is a file that may be stored, and under which name and type. */
function judge({ end, skeleton, content }: ReceivedUpload, file: IncomingFile, limitBytes: number): Judged {
  if (end === 'too-slow') return refuse('refused', { problem: timedOut })
  if (end === 'no-room') return refuse('refused', { problem: tooManyUploads })
  if (end === 'beyond-counting')
    return refuse('refused', { problem: mediaTooLarge(limitBytes, content.bytes, false) })
  if (end === 'too-much-beside')
    return refuse('refused', {
      problem: badRequest(`Body: more than ${skeletonLimitBytes} bytes beside the content of \`data\`.`),
    })

  const body = parseStrictJson(skeleton)
  if (!body.ok) return refuse('refused', { problem: badJson(body.reason) })
  const parsed = question.safeParse(body.value)
  if (!parsed.success) return refuse('refused', { problem: badRequest(`Body: ${firstIssue(parsed.error)}`) })
  const { fileName, contentType: declared, customerRequestId } = parsed.data
  const no = (problem: Problem) => refuse('refused', { problem, customerRequestId })

  const nameFault = fileNameFault(fileName)
  if (nameFault !== null) return no(badRequest(`Body: fileName ${nameFault}.`))
  const contentType = contentTypeOf(declared)
  if (contentType === null) return no(typeNotAllowed())
  const fault = content.end()
  if (fault !== null) return no(notBase64(fault))
  if (file.lost === 'too-large') return no(mediaTooLarge(limitBytes, content.bytes, true))
  const types = looksLike(file.pieces[0] ?? Buffer.alloc(0))
  if (!types.includes(contentType)) return no(typeMismatch(contentType, types))
  return done({ fileName, contentType, customerRequestId })
}
