import { includes, isEveryone, rangeProblemText, readRanges } from '@/lib/keys/ip-ranges'

export type LineNote = {
  line: number
  words: string /** What the line was probably meant to be. */
  meant: string | null
}
export type RangeNotes = { ranges: string[]; problems: LineNote[]; warnings: string[] }

/** What the editor says of its lines. `ownAddress`: from where the reader opened the page. Pure. */
export function rangeNotes(text: string, ownAddress: string | null): RangeNotes {
  const { ranges, problems } = readRanges(text)
  const everyone = ranges.filter(isEveryone)
  const isShutOut = ownAddress !== null && !includes(ranges, ownAddress)
  return {
    ranges,
    problems: problems.map(({ line, problem }) => ({
      line,
      words: rangeProblemText(problem),
      meant: problem.rule === 'host-bits' ? problem.meant : null,
    })),
    warnings: [
      ...everyone.map((range) => `${range} lets in every ${range.includes(':') ? 'IPv6' : 'IPv4'} address.`),
      ...(isShutOut && problems.length === 0
        ? [
            `Your own address at this moment, ${ownAddress}, is not among them: from here the key will be refused.`,
          ]
        : []),
    ],
  }
}

/** The text with one of its lines replaced; lines count from 1. */
export function withLine(text: string, line: number, range: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((each, index) => (index === line - 1 ? range : each))
    .join('\n')
}
