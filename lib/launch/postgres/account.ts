import { execFileSync, spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'

/** The user that Postgres runs as; empty means the current one. */
export type Account = { uid?: number; gid?: number }

/**
 * Postgres refuses to run as root. Root lends it the owner of the given directories (somebody's checkout under
 * sudo), or else "nobody".
 */
export function serverAccount(directories: string[]): Account {
  if (process.getuid?.() !== 0) return {}
  for (const directory of directories) {
    const owner = statSync(directory, { throwIfNoEntry: false })
    if (owner && owner.uid !== 0 && hasName(owner.uid)) return { uid: owner.uid, gid: owner.gid }
  }
  return { uid: idOfNobody('-u'), gid: idOfNobody('-g') }
}

/** Asks the kernel, because permission bits alone do not know about mounts and access lists. */
export function canReach(account: Account, directory: string): boolean {
  const probe = spawnSync('/bin/sh', ['-c', 'test -r "$1" && test -x "$1"', 'sh', directory], {
    ...account,
    cwd: '/',
  })
  return probe.status === 0
}

export function takeOwnership(account: Account, directory: string): void {
  if (account.uid === undefined || statSync(directory).uid === account.uid) return
  execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, directory])
}

/** initdb insists on a name for the user that it runs as. */
function hasName(uid: number): boolean {
  return spawnSync('id', ['-un', String(uid)], { stdio: 'ignore' }).status === 0
}

/** macOS prints 4294967294 for the id that spawn calls -2. */
function idOfNobody(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' })) | 0
}
