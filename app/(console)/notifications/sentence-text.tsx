import { Moment } from '@/components/ui/moment'
import type { Sentence } from '@/lib/notices/words/sentence'

/** A sentence with its moments in the reader's zone. */
export function SentenceText({ sentence }: { sentence: Sentence }) {
  return sentence.map((part, index) =>
    typeof part === 'string' ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a sentence does not change
      <Moment key={index} at={part.toISOString()} />
    ),
  )
}
