import { stringify } from 'csv-stringify/sync'

/**
 * Rows as CSV (RFC 4180) in which no cell is a formula. By itself the writer would quote a CR and LF together only.
 */
export const csv = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((cells) => cells.map(withoutInnerFormulas)),
    {
      escape_formulas: true,
      record_delimiter: 'windows',
      quoted_match: /[\r\n]/,
    },
  )

/** In many countries a spreadsheet parts cells at semicolons, wherever they stand: behind one a formula may begin. */
function withoutInnerFormulas(cell: string): string {
  return cell.replace(/([;\t|])(\s*)(?=[=+\-@])/g, "$1$2'")
}
