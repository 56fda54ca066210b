/** "30 Nov 2026, 18:00 CET", in a zone; without one in that of whoever runs this, such as the reader's browser. */
export function momentText(at: Date, timeZone?: string): string {
  return textOf(at, timeZone, undefined)
}

/** The same to the second, "30 Nov 2026, 18:00:37 CET", where it is not the beginning of a minute. */
export function exactMomentText(at: Date, timeZone?: string): string {
  return textOf(at, timeZone, at.getUTCSeconds() === 0 ? undefined : '2-digit')
}

function textOf(at: Date, timeZone: string | undefined, second: '2-digit' | undefined): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second,
    timeZoneName: 'short',
  }).format(at)
}
