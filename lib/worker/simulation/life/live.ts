import { anyOf, type Random } from '@/lib/worker/simulation/facts/random'
import type { World } from '@/lib/worker/simulation/facts/world'
import type { Act } from './act'
import {
  bringExpirationBack,
  changeInterval,
  chooseExpiry,
  deleteReplacedKey,
  revealKey,
  revokeKey,
  takeExpirationAway,
} from './organization-keys'
import { endMembership, giveAnotherRole, joinOrganization, moveBetweenGroups, turnAlerts } from './people'
import {
  deleteServiceKey,
  disableServiceKey,
  enableServiceKey,
  makeServiceKey,
  rotateServiceKey,
} from './service-keys'

/** What happens, and how often beside the others. */
const acts: readonly (readonly [number, Act])[] = [
  [8, revealKey],
  [6, revokeKey],
  [5, chooseExpiry],
  [3, takeExpirationAway],
  [6, bringExpirationBack],
  [4, changeInterval],
  [8, deleteReplacedKey],
  [14, disableServiceKey],
  [14, enableServiceKey],
  [6, deleteServiceKey],
  [4, rotateServiceKey],
  [4, turnAlerts],
  [6, moveBetweenGroups],
  [5, joinOrganization],
  [4, endMembership],
  [3, giveAnotherRole],
]
const wheel = acts.flatMap(([weight, act]) => Array.from({ length: weight }, () => act))

/** Does one thing or another somewhere, and makes as many service keys as there are too few. */
export async function live(
  world: World,
  random: Random,
  moments: readonly Date[],
  { phase, liveServiceKeys }: { phase: number; liveServiceKeys: number },
): Promise<void> {
  for (const at of moments) {
    const doing = { world, random, at, phase }
    const act = countLive(world, at.getTime()) < liveServiceKeys ? makeServiceKey : anyOf(wheel, random)
    for (let tries = 0; tries < 20; tries++) {
      const organization = anyOf(world.organizations, random)
      if (act && organization && (await act(organization, doing))) break
    }
  }
}

function countLive(world: World, at: number): number {
  let count = 0
  for (const key of world.serviceKeys.values())
    if (key.deletedPhase === null && (key.expiresAt === null || key.expiresAt > at)) count++
  return count
}
