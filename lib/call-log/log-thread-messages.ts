import type { LogSettings } from './log-writer'

export type ThreadData = LogSettings & { counts: SharedArrayBuffer }

/** Places in `counts`, which both threads see at once: flushes that were done, rows that are settled. */
export const flushesDone = 0
export const rowsSettled = 1

/** What the thread that logs is told. A page is handed over, not copied. */
export type ToThread =
  | { kind: 'page'; buffer: ArrayBuffer; used: number }
  | { kind: 'flush'; number: number }
  | { kind: 'stop' }

/** What it tells: a page was read and comes back; every row is written or said to be lost. */
export type FromThread = { kind: 'page'; buffer: ArrayBuffer } | { kind: 'stopped' }
