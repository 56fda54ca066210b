// Outlives its launcher by seconds: when the launcher is gone, however it went, nothing that it started remains.
// Protocol on stdin, one JSON object a line: { "watch": pid, "signal": "SIGTERM" }, { "forget": pid },
// { "remove": path }. A path goes last, when its processes have ended.
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const watched = new Map()
const paths = new Set()

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line)
  if (message.watch) watched.set(message.watch, message.signal)
  if (message.forget) watched.delete(message.forget)
  if (message.remove) paths.add(message.remove)
}

for (const [pid, signal] of watched) kill(pid, signal)
for (let waited = 0; waited < 10_000 && [...watched.keys()].some(isAlive); waited += 50) await sleep(50)
for (const pid of watched.keys()) kill(pid, 'SIGKILL')
for (const path of paths) rmSync(path, { recursive: true, force: true })

// Each child leads a group of its own, so that its own children go with it.
function kill(pid, signal) {
  for (const target of signal === 'SIGINT' ? [pid] : [-pid, pid]) {
    try {
      process.kill(target, signal)
    } catch {}
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
