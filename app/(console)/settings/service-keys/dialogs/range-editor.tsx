import { CircleAlert, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { inputLook, Labelled } from '@/components/ui/field'
import { rangeNotes, withLine } from './range-notes'

/** Until the typing pauses nothing is said of a line that is not yet whole, in milliseconds. */
const pause = 300

type Props = {
  text: string
  onText: (text: string) => void
  ownAddress: string | null
  error?: string | null
}

/** One range a line; below it what is wrong with which line, and what the reader may not have meant. */
export function RangeEditor({ text, onText, ownAddress, error }: Props) {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause)
    return () => clearTimeout(timer)
  }, [text])
  const { ranges, problems, warnings } = rangeNotes(settled, ownAddress)
  const isWrong = problems.length > 0

  return (
    <div>
      <Labelled
        label="Allowed IP ranges"
        optional
        error={isWrong ? null : error}
        hint={
          ranges.length === 0 && !isWrong
            ? 'One range a line, such as 192.0.2.0/24 or 2001:db8::/32. Blank: any address.'
            : `One range a line. ${countText(ranges.length)}`
        }
      >
        {(ids) => (
          <textarea
            {...ids}
            aria-invalid={isWrong || ids['aria-invalid']}
            rows={Math.min(8, Math.max(2, text.split('\n').length))}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            value={text}
            onChange={({ target }) => onText(target.value)}
            className={`${inputLook} block py-2 font-mono text-[0.8125rem]`}
          />
        )}
      </Labelled>
      <div role="status" className="space-y-1">
        {problems.slice(0, 5).map(({ line, words, meant }) => (
          <p key={line} className="mt-1 flex gap-1.5 text-bad">
            <CircleAlert aria-hidden className="mt-1 size-3.5 shrink-0" />
            <span>
              Line {line}: {words}{' '}
              {meant && (
                <button
                  type="button"
                  onClick={() => {
                    const next = withLine(text, line, meant)
                    onText(next)
                    setSettled(next)
                  }}
                  className="rounded font-medium underline underline-offset-4"
                >
                  Use {meant}
                </button>
              )}
            </span>
          </p>
        ))}
        {problems.length > 5 && <p className="text-bad">And {problems.length - 5} more lines.</p>}
        {warnings.map((words) => (
          <p key={words} className="mt-1 flex gap-1.5 text-warn">
            <TriangleAlert aria-hidden className="mt-1 size-3.5 shrink-0" />
            <span>{words}</span>
          </p>
        ))}
      </div>
    </div>
  )
}

function countText(count: number): string {
  return count === 1 ? '1 range so far.' : `${count} ranges so far.`
}
