import { closeDatabase } from '@/db/client'

/** Ends a command of an installation: what it has to say goes to standard output, what it throws to the other. */
export function runCommand(command: () => Promise<string>): void {
  command()
    .then((line) => process.stdout.write(`${line}\n`))
    .catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
      process.exitCode = 1
    })
    .finally(closeDatabase)
}
