const looks = {
  primary: 'bg-accent-strong text-on-accent hover:opacity-90 border-transparent',
  danger: 'bg-bad-strong text-on-accent hover:opacity-90 border-transparent',
  secondary: 'bg-surface text-ink hover:bg-raised border-line-strong',
  quiet: 'bg-transparent text-accent hover:bg-raised border-transparent',
}

export type ButtonLook = keyof typeof looks

/** How a button looks, also for a link and for a form's button that must work before any script has loaded. */
export function buttonLook(look: ButtonLook): string {
  return `inline-flex min-h-9 items-center justify-center gap-2 rounded-lg border px-3.5 font-medium whitespace-nowrap transition-colors ${looks[look]}`
}
