import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { npm } from './npm.mjs'
import { step } from './progress.mjs'

/** Runs `npm ci` when node_modules is missing or is not what package-lock.json says. */
export async function ensureInstalled(root) {
  if (isInstalled(root)) return
  await step('Installing packages, about a minute the first time', 'Packages installed', () => npmCi(root))
}

/** The Node that everything but this bootstrap runs on: the one that the packages bring, if there is one. */
export function runtimeNode(root) {
  const packaged = join(root, 'node_modules/node/bin/node')
  if (existsSync(packaged)) return packaged
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  throw new Error('Node 24 is missing from node_modules. Run `npm rebuild node`, or use Node 24 itself.')
}

/** Optional packages are left out: which of them are there depends on the platform. */
export function isInstalled(root) {
  const wanted = packagesIn(join(root, 'package-lock.json'))
  const present = packagesIn(join(root, 'node_modules/.package-lock.json'))
  if (!wanted || !present) return false
  // A container image leaves the development packages out and brings its own Node 24.
  const production = process.env.NODE_ENV === 'production'
  return Object.entries(wanted).every(([path, { version, optional, devOptional, dev, link }]) => {
    if (path === '' || link || optional || devOptional || (dev && production)) return true
    return present[path] !== undefined && present[path].version === version
  })
}

function packagesIn(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages
  } catch {
    return undefined
  }
}

function npmCi(root) {
  const [program, ...args] = npm('ci', '--include=dev', '--no-audit', '--no-fund')
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output = (output + chunk).slice(-20_000)
      })
    }
    const interrupt = () => child.kill('SIGTERM')
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.once(signal, interrupt)
    child.once('error', (error) => reject(new Error(`Cannot run npm: ${error.message}`)))
    child.once('close', (code) => {
      for (const signal of signals) process.off(signal, interrupt)
      if (code === 0) resolve()
      else reject(new Error(`npm ci failed:\n${output.trim()}`))
    })
  })
}
