import { setImmediate } from 'node:timers/promises'
import postgres from 'postgres'

type Body = (tx: postgres.TransactionSql) => Promise<unknown>

/**
 * Opens connections through the driver (3.4.9), without two ways in which losing one would end the whole process:
 * its own query for array types fails unheard, and a transaction sends ROLLBACK, a savepoint ROLLBACK TO, on a
 * connection that is gone (github.com/porsager/postgres/issues/1208). Arrays cannot be parameters therefore; JSON can.
 */
export function connect(url: string, options: postgres.Options<Record<string, never>>): postgres.Sql {
  const sql = postgres(url, { ...options, fetch_types: false })
  const begin = sql.begin.bind(sql) as (...args: unknown[]) => Promise<unknown>
  sql.begin = ((...args: [string, Body] | [Body]) => {
    let isOver = false
    const body = args.at(-1) as Body
    const outcome = begin(...args.slice(0, -1), (tx: postgres.TransactionSql) => run(body, tx, () => isOver))
    outcome.catch(() => {
      isOver = true
    })
    return outcome
  }) as postgres.Sql['begin']
  return sql
}

/** @param isOver whether the driver has rejected the transaction by itself */
async function run(body: Body, tx: postgres.TransactionSql, isOver: () => boolean): Promise<unknown> {
  const savepoint = tx.savepoint.bind(tx) as (...args: unknown[]) => Promise<unknown>
  tx.savepoint = ((...args: [string, Body] | [Body]) =>
    savepoint(...args.slice(0, -1), (inner: postgres.TransactionSql) =>
      run(args.at(-1) as Body, inner, isOver),
    )) as postgres.TransactionSql['savepoint']
  try {
    return await body(tx)
  } catch (error) {
    // A socket tells its end after its error, at the end of the event loop's turn.
    await setImmediate()
    await setImmediate()
    // Without an answer the driver sends nothing.
    if (isOver()) await new Promise(() => {})
    throw error
  }
}
