import { performance } from 'node:perf_hooks'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { waitForCount } from './wait-for-count'

const slowCounter = `
  const { workerData } = require('node:worker_threads')
  for (let count = 1; count <= 3; count++) {
    Atomics.wait(workerData, 1, 0, 50)
    Atomics.store(workerData, 0, count)
    Atomics.notify(workerData, 0)
  }`

test('the count itself ends the wait, and none before it', async () => {
  const counts = new Int32Array(new SharedArrayBuffer(8))
  const counter = new Worker(slowCounter, { eval: true, workerData: counts })
  waitForCount(counts, 0, 3, 10_000)
  expect(counts[0]).toBe(3)
  waitForCount(counts, 0, 2, 10_000)
  await counter.terminate()
})

test('its time ends the wait', () => {
  const startedAt = performance.now()
  waitForCount(new Int32Array(new SharedArrayBuffer(8)), 0, 1, 20)
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(19)
})
