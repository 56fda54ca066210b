import { stringify } from 'csv-stringify/sync'

/**
 * Rows as CSV (RFC 4180) in which no cell is a formula. By itself the writer would quote a CR and LF together only.
 */
export const csv = (rows: readonly (readonly string[])[]): string =>
  stringify(rows as string[][], {
    escape_formulas: true,
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
  })
