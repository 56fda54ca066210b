import { spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { ended, root } from './children'
import { npm } from './npm.mjs'
import { endWithUs } from './reaper'
import { browserCounts, type Counts, unitCounts } from './results'
import { onStopSignal } from './signals'

type Check = { script: string; args?: string[]; counts?: () => Counts }

const results = join(root, 'test-results')
const unitReport = join(results, 'unit.json')
const browserReport = join(results, 'e2e.json')

/** `npm run check` taken apart, so that each part runs and the tests of each are counted. */
const checks: Check[] = [
  { script: 'lint' },
  { script: 'types' },
  {
    script: 'unit',
    args: ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
    counts: () => unitCounts(unitReport),
  },
  { script: 'e2e', counts: () => browserCounts(browserReport) },
]

onStopSignal(() => process.exit(130))
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
const total: Counts = { passed: 0, failed: 0 }
const failedScripts: string[] = []

for (const { script, args = [], counts } of checks) {
  console.log(`\n── ${script}`)
  const succeeded = await runScript(script, args)
  const counted = counts ? read(counts) : { passed: 0, failed: 0 }
  total.passed += counted.passed
  // A check that failed without a failing test, by a type error or before its first test, is one failure.
  total.failed += counted.failed || (succeeded ? 0 : 1)
  if (!succeeded) failedScripts.push(script)
}

if (failedScripts.length > 0) console.log(`\nFailed: ${failedScripts.join(', ')}`)
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 || failedScripts.length > 0 || total.passed === 0 ? 1 : 0)

async function runScript(script: string, args: string[]): Promise<boolean> {
  const [program, ...npmArgs] = npm('run', '--silent', script, '--', ...args)
  const child = spawn(program, npmArgs, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      E2E_REPORT: browserReport,
    },
  })
  endWithUs(child)
  await ended(child)
  return child.exitCode === 0
}

function read(counts: () => Counts): Counts {
  try {
    return counts()
  } catch {
    return { passed: 0, failed: 0 }
  }
}
