import type postgres from 'postgres'

/** What pg-boss asks of a database. */
export type QueueDatabase = {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>
}

/** The job library over the driver that everything else uses, so that one address means the same to both. */
export function queueDatabase(sql: postgres.Sql): QueueDatabase {
  // It hands JSON over as text, which the driver would make JSON of once more.
  for (const json of [114, 3802])
    sql.options.serializers[json] = (value) => (typeof value === 'string' ? value : JSON.stringify(value))
  return {
    async executeSql(text, values = []) {
      // Without values a text may hold several statements.
      if (values.length === 0) return { rows: [...(await sql.unsafe(text).simple())] }
      return { rows: [...(await sql.unsafe(text, values.map(parameter) as never[]))] }
    },
  }
}

/** Arrays cannot be parameters of our connections (connect.ts), but their text can. */
function parameter(value: unknown): unknown {
  if (value === undefined) return null
  if (!Array.isArray(value)) return value
  return `{${value.map((each) => (each === null ? 'NULL' : JSON.stringify(String(each)))).join(',')}}`
}
