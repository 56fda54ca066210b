import { actorOf, type UserActor } from '@/lib/auth/actor'
import type { NoticeKind } from '@/lib/notices/kinds'
import type { Outcome } from '@/lib/outcome'
import { anyOf, type Random } from '@/lib/worker/simulation/facts/random'
import type { Organization, World } from '@/lib/worker/simulation/facts/world'

/** When somebody does something, and by what chance. */
export type Doing = { world: World; random: Random; at: Date; phase: number }

/** Something that people do, by the product's own verb. False: there is nothing to do it with in this organization. */
export type Act = (organization: Organization, doing: Doing) => Promise<boolean>

/** Any admin, who has just confirmed a code. */
export function anAdmin({ id, admins }: Organization, { world, random, at }: Doing): UserActor {
  const userId = anyOf([...admins.latest], random)
  const email = userId && world.people.get(userId)
  if (!email) throw new Error('an organization without an admin')
  return {
    ...actorOf(
      { id: userId, email, name: null },
      { organizationId: id, role: 'admin' },
      { sessionHash: `simulation ${userId}`, address: '203.0.113.7', userAgent: 'Mozilla/5.0' },
    ),
    steppedUpAt: at,
  }
}

/** Writes down that others must hear of what somebody did. */
export function expectTold(
  kind: NoticeKind,
  subjectId: string,
  { world, at }: Doing,
  tell: Iterable<string>,
  by: UserActor,
): void {
  const others = [...new Set(tell)].filter((userId) => userId !== by.userId)
  world.acts.push({ kind, subjectId, at: at.getTime(), tell: others })
}

/** Life in a simulation does what is possible, so a refusal is a mistake, of the product or of the simulation. */
export async function succeed<T>(outcome: Promise<Outcome<T>>): Promise<T> {
  const result = await outcome
  if (!result.ok) throw new Error(`refused: ${result.reason} ${JSON.stringify(result.details)}`)
  return result.value
}
