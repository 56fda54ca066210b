import { closeDatabase } from '@/db/client'
import { env } from '@/lib/env'
import { reseal } from './reseal'

/** The command that follows a change of MASTER_KEY to "<new>,<old>"; afterwards <old> is no longer needed. */
try {
  const results = await reseal(env().MASTER_KEY, ({ table, resealed, remaining }) => {
    process.stdout.write(`${table}: ${resealed} sealed anew, ${remaining} to go\n`)
  })
  for (const { table, failed } of results)
    for (const id of failed) process.stderr.write(`${table} ${id}: no configured master key opens it\n`)
  process.exitCode = results.some(({ failed }) => failed.length > 0) ? 1 : 0
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
} finally {
  await closeDatabase()
}
