/** "30 Nov 2026, 18:00 CET", in a zone; without one in that of whoever runs this, such as the reader's browser. */
export function momentText(at: Date, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(at)
}
