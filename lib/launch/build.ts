import { createHash } from 'node:crypto'
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root, runNode } from './children'
import { next } from './processes'

const inputs = [
  '{app,components,db,lib,public}/**',
  'package-lock.json',
  'tsconfig.json',
  '{next.config,postcss.config,proxy,instrumentation,instrumentation-client}.*',
]
/** Read by other processes or by nobody at run time, so that changing them needs no new build. */
const ignored = /\.test\.tsx?$|^lib\/(launch|bench|worker)\/|^db\/(testing|migrations)\//

/** Builds the console when its sources differ from those of the last build that succeeded. */
export async function buildIfStale(
  env: NodeJS.ProcessEnv,
  whenStale: (build: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const digest = digestOfInputs(root)
  if (digest === lastBuilt()) return
  await whenStale(async () => {
    rmSync(stamp, { force: true })
    await runNode('Building the console', [next, 'build'], {
      ...env,
      NODE_ENV: 'production',
    })
    writeFileSync(stamp, digest)
  })
}

const stamp = join(root, '.next', 'inputs.sha256')

function lastBuilt(): string | undefined {
  try {
    return readFileSync(stamp, 'utf8')
  } catch {
    return undefined
  }
}

/** SHA-256 over the names and contents of all files below `directory` that go into the console's build. */
export function digestOfInputs(directory: string): string {
  const names = inputs
    .flatMap((pattern) => globSync(pattern, { cwd: directory, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .filter((name) => !ignored.test(name))
    .sort()
  const digest = createHash('sha256')
  for (const name of names) {
    digest.update(createHash('sha256').update(name).digest())
    digest.update(
      createHash('sha256')
        .update(readFileSync(join(directory, name)))
        .digest(),
    )
  }
  return digest.digest('hex')
}
