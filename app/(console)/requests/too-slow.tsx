import { Message } from '@/components/ui/message'
import { isTooSlow } from '@/lib/database-gone'

export function TooSlow() {
  return (
    <Message level="h2" title="This search takes too long">
      <p>There are too many calls to look through. Choose a shorter time, or a customer request ID.</p>
    </Message>
  )
}

/** What was read, unless Postgres gave up because of the time limit on statements. */
export async function orTooSlow<T>(reading: Promise<T>): Promise<T | 'too-slow'> {
  try {
    return await reading
  } catch (error) {
    if (isTooSlow(error)) return 'too-slow'
    throw error
  }
}
