import { deleteKey } from '@/lib/service-keys/delete'
import { disable } from '@/lib/service-keys/disable'
import { enable } from '@/lib/service-keys/enable'
import { generate } from '@/lib/service-keys/generate'
import { rotate } from '@/lib/service-keys/rotate'
import { History } from '@/lib/worker/simulation/facts/history'
import { anyOf, between, chance, type Random } from '@/lib/worker/simulation/facts/random'
import {
  day,
  hour,
  minute,
  type Organization,
  type ServiceKey,
  type World,
} from '@/lib/worker/simulation/facts/world'
import { type Act, anAdmin, type Doing, succeed } from './act'

const mostLiveKeys = 10

export const makeServiceKey: Act = async (organization, doing) => {
  const at = doing.at.getTime()
  const serviceUser = `Service ${doing.random(8)}`
  const live = keysOf(doing.world, organization).filter(
    (key) => key.serviceUser === serviceUser && (key.expiresAt === null || key.expiresAt > at),
  )
  if (live.length >= mostLiveKeys) return false
  const expiresAt = someExpiry(at, doing.world, doing.random)
  const name = `Key ${doing.world.serviceKeys.size}`
  const made = await succeed(
    generate(
      {
        name,
        serviceUser: { name: serviceUser },
        accessLevel: 'read',
        allowedRanges: [],
        expiresAt: expiresAt === null ? null : new Date(expiresAt),
      },
      anAdmin(organization, doing),
      doing.at,
    ),
  )
  doing.world.serviceKeys.set(made.keyId, {
    id: made.keyId,
    secretId: made.secretId,
    name,
    serviceUser,
    organization,
    createdAt: at,
    expiresAt,
    isDisabled: new History(false),
    deletedPhase: null,
  })
  return true
}

/** Whole minutes, as people choose them; some keys are needed for a moment only, and some for ever. */
function someExpiry(at: number, { longestLifeDays }: World, random: Random): number | null {
  if (chance(random, 8)) return null
  const life = chance(random, 15)
    ? between(random, 5 * minute, day)
    : between(random, day, longestLifeDays * day)
  return Math.ceil((at + life) / minute) * minute
}

export const disableServiceKey: Act = change(false, async (key, actor, doing) => {
  await succeed(disable({ keyId: key.id }, actor, doing.at))
  key.isDisabled.set(doing.phase, true)
})

export const enableServiceKey: Act = change(true, async (key, actor, doing) => {
  await succeed(enable({ keyId: key.id }, actor, doing.at))
  key.isDisabled.set(doing.phase, false)
})

export const rotateServiceKey: Act = change(null, async (key, actor, doing) => {
  const input = { keyId: key.id, secretId: key.secretId, overlapHours: doing.random(169) }
  const { secretId } = await succeed(rotate(input, actor, doing.at))
  key.secretId = secretId
})

/** In any state, ended ones too: of those a late notice must not speak either. */
export const deleteServiceKey: Act = async (organization, doing) => {
  const key = anyOf(keysOf(doing.world, organization), doing.random)
  if (!key) return false
  await succeed(deleteKey({ keyId: key.id, typedName: key.name }, anAdmin(organization, doing), doing.at))
  key.deletedPhase = doing.phase
  return true
}

/** A change of a key that has not ended and is disabled, is not, or may be either. */
function change(
  isDisabled: boolean | null,
  work: (key: ServiceKey, actor: ReturnType<typeof anAdmin>, doing: Doing) => Promise<void>,
): Act {
  return async (organization, doing) => {
    const at = doing.at.getTime()
    const fitting = keysOf(doing.world, organization).filter(
      (key) =>
        (key.expiresAt === null || key.expiresAt > at + hour) &&
        (isDisabled === null || key.isDisabled.latest === isDisabled),
    )
    // Those that end soon, where there are any: with them it matters.
    const soon = fitting.filter(({ expiresAt }) => expiresAt !== null && expiresAt - at < 16 * day)
    const key = anyOf(soon.length > 0 ? soon : fitting, doing.random)
    if (!key) return false
    await work(key, anAdmin(organization, doing), doing)
    return true
  }
}

function keysOf(world: World, organization: Organization): ServiceKey[] {
  return [...world.serviceKeys.values()].filter(
    (key) => key.organization === organization && key.deletedPhase === null,
  )
}
