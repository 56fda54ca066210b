import { createServer, type Server } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterEach, expect, test } from 'vitest'
import { freePort, portFrom, requireFreePorts } from './ports'

const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
const hosts = ['127.0.0.1', '0.0.0.0', ...(addresses.some((each) => each.address === '::1') ? ['::1'] : [])]

let server: Server | undefined

afterEach(async () => {
  if (server) await new Promise((resolve) => server?.close(resolve))
  server = undefined
})

async function listenOn(port: number, host: string) {
  await new Promise<void>((resolve) => {
    server = createServer().listen(port, host, resolve)
  })
}

const source = (values: Record<string, string>): NodeJS.ProcessEnv => ({ NODE_ENV: 'test', ...values })

test('a free port is free', async () => {
  await expect(requireFreePorts({ PORT: await freePort() })).resolves.toBeUndefined()
})

test.each(hosts)('a port taken on %s is named, with the variable that moves it', async (host) => {
  const port = await freePort()
  await listenOn(port, host)
  await expect(requireFreePorts({ API_PORT: port })).rejects.toThrow(
    `Port ${port} is already in use. Choose another one with API_PORT=<port>.`,
  )
})

test('two services cannot share a port', async () => {
  const port = await freePort()
  await expect(requireFreePorts({ PORT: port, MAILBOX_PORT: port })).rejects.toThrow(
    /PORT and MAILBOX_PORT are both/,
  )
})

test.each(['http', '0', '65536', '-1', '3e3', ' 80'])('"%s" is no port number', (text) => {
  expect(() => portFrom(source({ PORT: text }), 'PORT', 3000)).toThrow(/^PORT is /)
})

test('an absent or empty variable means the default', () => {
  expect(portFrom(source({}), 'PORT', 3000)).toBe(3000)
  expect(portFrom(source({ PORT: '' }), 'PORT', 3000)).toBe(3000)
  expect(portFrom(source({ PORT: '8080' }), 'PORT', 3000)).toBe(8080)
})
