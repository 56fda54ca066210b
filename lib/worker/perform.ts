import type { Job } from './jobs'

type Log = { info(details: object, message: string): void; error(details: object, message: string): void }

/** Does a job once, and says what came of it in one line. @throws where the job did, so that the queue knows */
export async function perform(name: string, { sweep }: Job, signal: AbortSignal, log: Log): Promise<void> {
  const began = performance.now()
  try {
    const done = await sweep(signal)
    if (done > 0) log.info({ job: name, done, ms: Math.round(performance.now() - began) }, 'job done')
  } catch (error) {
    log.error({ job: name, err: causeOf(error) }, 'job failed; the schedule tries it again')
    throw error
  }
}

/** Of a failed query: what wraps it has the whole statement and its parameters in its text. */
function causeOf(error: unknown): unknown {
  return (error instanceof Error && error.cause) || error
}
