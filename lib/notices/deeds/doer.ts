import type { Actor } from '@/lib/auth/actor'
import type { Doer } from '@/lib/notices/words/use-words'

/** Who did it, as a notice says it. */
export function doerOf(actor: Actor): Doer {
  switch (actor.kind) {
    case 'user':
      return { by: actor.name, byEmail: actor.email, from: actor.address }
    case 'key':
      return { by: `The key “${actor.name}”`, byEmail: null, from: actor.address }
    default:
      return { by: 'Keyturn', byEmail: null, from: null }
  }
}
