import type { IncomingMessage } from 'node:http'
import { Base64Decoder } from '@/lib/media/base64-decoder'
import type { IncomingFile } from '@/lib/media/incoming-file'
import { UploadScanner } from '@/lib/media/upload-scanner'

/** How long a sender may be silent and how long it may take; a file of 100 MiB needs 10 minutes at 2 Mbit/s. */
export type Pace = { idleMs: number; totalMs: number }
export const uploadPace: Pace = { idleMs: 20_000, totalMs: 600_000 }

/** How the reading of an upload ended; all but `complete` end it before its body does. */
export type UploadEnd =
  | 'complete'
  | 'aborted'
  | 'too-slow'
  | 'too-much-beside'
  | 'beyond-counting'
  | 'no-room'

export type ReceivedUpload = { end: UploadEnd; skeleton: Buffer; content: Base64Decoder }

/**
 * Reads an upload as it streams, its content into `file`. What is too large or not Base64 is still counted, for the
 * answer to tell, up to `countUpToBytes`; what headers say about the length is not believed.
 */
export function receiveUpload(
  request: IncomingMessage,
  file: IncomingFile,
  countUpToBytes: number,
  pace: Pace = uploadPace,
): Promise<ReceivedUpload> {
  const content = new Base64Decoder()
  const scanner = new UploadScanner((bytes, start, end) => {
    file.write(content.write(bytes, start, end))
    if (content.fault !== null) file.giveUp()
  })
  return new Promise((resolve) => {
    const finish = (end: UploadEnd) => {
      clearTimeout(idle)
      clearTimeout(total)
      request.off('data', onData)
      resolve({ end, skeleton: scanner.skeleton, content })
    }
    const onData = (chunk: Buffer) => {
      idle.refresh()
      scanner.write(chunk)
      if (scanner.isOverfull) finish('too-much-beside')
      else if (file.lost === 'no-room') finish('no-room')
      else if (content.bytes > countUpToBytes) finish('beyond-counting')
    }
    const idle = setTimeout(finish, pace.idleMs, 'too-slow')
    const total = setTimeout(finish, pace.totalMs, 'too-slow')
    // A request that announced no body has ended before anybody could listen (`optimizeEmptyRequests`).
    if (request.readableEnded) {
      finish('complete')
      return
    }
    request.on('data', onData)
    request.once('end', () => finish('complete'))
    request.once('close', () => finish('aborted'))
  })
}
