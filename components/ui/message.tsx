import { CircleAlert, Info } from 'lucide-react'
import type { ReactNode } from 'react'

/** A whole-area notice: what is the matter, and what to do about it. */
export function Message({
  title,
  tone = 'neutral',
  level: Heading = 'h1',
  children,
}: {
  title: string
  tone?: 'neutral' | 'bad'
  level?: 'h1' | 'h2'
  children: ReactNode
}) {
  const Icon = tone === 'bad' ? CircleAlert : Info
  return (
    <section className="w-full rounded-xl border border-line bg-surface p-6">
      <Icon aria-hidden className={`mb-3 size-5 ${tone === 'bad' ? 'text-bad' : 'text-muted'}`} />
      <Heading className="text-base font-semibold">{title}</Heading>
      <div className="mt-1 text-muted">{children}</div>
    </section>
  )
}
