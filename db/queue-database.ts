import postgres from 'postgres'

/** What pg-boss asks of a database. */
export type QueueDatabase = {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>
}

const json = { json: 114, jsonb: 3802 }
const arrays = { integer: 1007, text: 1009, uuid: 2951 }

/** The job library over the driver that everything else uses, so that one address means the same to both. */
export function queueDatabase(sql: postgres.Sql): QueueDatabase {
  const { serializers, parsers } = sql.options
  // It hands JSON over as text, which the driver would make JSON of once more.
  for (const type of Object.values(json))
    serializers[type] = (value) => (typeof value === 'string' ? value : JSON.stringify(value))
  // Our connections do not know arrays (connect.ts), but their text can go both ways.
  for (const type of Object.values(arrays))
    parsers[type] = (text) => arrayFrom(text).map((each) => (type === arrays.integer ? Number(each) : each))
  return {
    async executeSql(text, values = []) {
      // Without values a text may hold several statements, and a transaction around them.
      if (values.length === 0) return { rows: [...(await simple(sql, text))] }
      return { rows: [...(await sql.unsafe(text, values.map(parameter) as never[]))] }
    },
  }
}

/** Where one of its statements fails, the connection must not stay in the transaction that the text began. */
async function simple(sql: postgres.Sql, text: string) {
  try {
    return await sql.unsafe(text).simple()
  } catch (error) {
    if (error instanceof postgres.PostgresError) await sql.unsafe('rollback').catch(() => {})
    throw error
  }
}

function parameter(value: unknown): unknown {
  if (value === undefined) return null
  return Array.isArray(value) ? arrayText(value) : value
}

/** An array of one dimension as Postgres writes it. */
export function arrayText(values: readonly unknown[]): string {
  return `{${values.map((each) => (each === null ? 'NULL' : JSON.stringify(String(each)))).join(',')}}`
}

export function arrayFrom(text: string): (string | null)[] {
  const elements = text.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|([^,]+)/g)
  return [...elements].map(([, quoted, plain = '']) => {
    if (quoted !== undefined) return quoted.replace(/\\(.)/g, '$1')
    return plain === 'NULL' ? null : plain
  })
}
