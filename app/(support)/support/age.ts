/** How long ago something was, in its largest unit: "3 days ago", "2 h ago", "just now". */
export function ageText(at: string, now: string): string {
  const minutes = Math.floor((Date.parse(now) - Date.parse(at)) / 60_000)
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60)]
  if (days > 0) return days === 1 ? '1 day ago' : `${days} days ago`
  if (hours > 0) return `${hours} h ago`
  return minutes > 0 ? `${minutes} min ago` : 'just now'
}
