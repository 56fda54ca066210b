/** A color and a pattern for each outcome, so that nothing hangs on telling colors apart. */
export function Patterns() {
  const size = { width: 6, height: 6, patternUnits: 'userSpaceOnUse' }
  return (
    <defs>
      <pattern id="calls-ok" {...size}>
        <rect width="6" height="6" className="fill-good" />
      </pattern>
      <pattern id="calls-denied" {...size} patternTransform="rotate(45)">
        <rect width="6" height="6" className="fill-warn" />
        <rect width="2" height="6" className="fill-surface" />
      </pattern>
      <pattern id="calls-invalid" {...size}>
        <rect width="6" height="6" className="fill-surface" />
        <circle cx="1.5" cy="1.5" r="1.3" className="fill-muted" />
        <circle cx="4.5" cy="4.5" r="1.3" className="fill-muted" />
      </pattern>
      <pattern id="calls-error" {...size}>
        <rect width="6" height="6" className="fill-bad" />
        <path d="M0 0 6 6M6 0 0 6" className="stroke-surface" />
      </pattern>
    </defs>
  )
}
