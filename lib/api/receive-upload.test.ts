import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { IncomingFile } from '@/lib/media/incoming-file'
import { UploadMemory } from '@/lib/media/upload-memory'
import { type ReceivedUpload, receiveUpload } from './receive-upload'

const pace = { idleMs: 150, totalMs: 500 }

/** What a receiver makes of a body that is sent by `send`, and how long it took. */
async function received(
  send: (write: (text: string) => void) => Promise<unknown>,
  memory = new UploadMemory(1_000_000),
): Promise<ReceivedUpload & { file: IncomingFile; afterMs: number }> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const file = new IncomingFile('org', 1_000, memory)
  const outcome = new Promise<ReceivedUpload & { file: IncomingFile; afterMs: number }>((resolve) =>
    server.on('request', async (request) => {
      const start = performance.now()
      const upload = await receiveUpload(request, file, 5_000, pace)
      resolve({ ...upload, file, afterMs: performance.now() - start })
    }),
  )
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n')
  await send((text) => socket.write(text))
  const upload = await outcome
  socket.destroy()
  server.closeAllConnections()
  server.close()
  return upload
}

test('a sender that falls silent is given up', async () => {
  const upload = await received(async (write) => write('{"data":"AAAA'))
  expect(upload).toMatchObject({ end: 'too-slow', content: { characters: 4 } })
  expect(upload.afterMs).toBeGreaterThan(140)
  expect(upload.afterMs).toBeLessThan(450)
})

test('one that sends a little again and again is given up in the end', async () => {
  const upload = await received(async (write) => {
    write('{"data":"')
    for (let i = 0; i < 12; i++) {
      write('AAAA')
      await sleep(50)
    }
  })
  expect(upload.end).toBe('too-slow')
  expect(upload.afterMs).toBeGreaterThan(480)
})

test('beyond the limit it is counted, and beyond that nothing is read', async () => {
  const upload = await received(async (write) => write(`{"data":"${'A'.repeat(10_000)}`))
  expect(upload.end).toBe('beyond-counting')
  expect(upload.file.lost).toBe('too-large')
})

test('without room in the memory for uploads it ends at once', async () => {
  const upload = await received(async (write) => write('{"data":"AAAA'), new UploadMemory(100))
  expect(upload.end).toBe('no-room')
})

test('what is not Base64 is let go at once', async () => {
  const memory = new UploadMemory(1_000_000)
  const upload = await received(async (write) => write(`{"data":"${'A'.repeat(400)}!`), memory)
  expect(upload.content.fault).toMatchObject({ kind: 'not-in-alphabet', position: 400 })
  expect(memory.heldBytes).toBe(0)
})
