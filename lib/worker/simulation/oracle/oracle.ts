import { dueAt, replaceCurrent } from '@/lib/worker/simulation/facts/organization-key'
import {
  day,
  hour,
  type OrganizationKey,
  type ServiceKey,
  type World,
} from '@/lib/worker/simulation/facts/world'
import { Expectations } from './expectations'
import { type Due, milestones, wantedOfOrganization, wantedOfServiceKey } from './wanted'

/** A key that the schedule made, as the database has it. */
export type Made = { organizationId: string; predecessorId: string; id: string; at: number }

/** Watches a simulation step by step, and knows what must have come of it. */
export class Oracle {
  readonly expectations = new Expectations()
  readonly faults: string[] = []
  replacements = 0
  #open: ServiceKey[] = []
  #seen = 0

  constructor(
    readonly world: World,
    readonly lingers: () => boolean,
  ) {}

  /**
   * Workers looked at these moments, all in one phase, after which the schedule had made these keys.
   * @param isUndisturbed nobody was killed and nothing failed, so that all was done that was to be done
   */
  looked(moments: readonly number[], made: readonly Made[], phase: number, isUndisturbed: boolean): void {
    for (const now of moments) {
      for (const organization of this.world.organizations)
        for (const wanted of wantedOfOrganization(organization, now))
          if (!this.#isOvertaken(wanted, phase)) this.#want(wanted, now, phase, isUndisturbed)
      for (const key of this.#openServiceKeys(now))
        for (const wanted of wantedOfServiceKey(key, now)) this.#want(wanted, now, phase, isUndisturbed)
    }
    for (const each of made) this.#replaced(each, phase)
    if (isUndisturbed) this.#nothingLeftBehind(Math.max(...moments))
    for (const organization of this.world.organizations)
      organization.retiring = organization.retiring.filter(
        ({ replaced }) => replaced && replaced.acceptedUntil > Math.min(...moments) - 6 * hour,
      )
  }

  /** What one admin did, the others are told of at once, each time. */
  acted(phase: number): void {
    for (const { kind, subjectId, at, tell } of this.world.acts.splice(0)) {
      const wanted = { kind, subjectId, occasion: String(at) }
      this.expectations.want(wanted, { now: at, tell }, phase, true)
    }
  }

  /** A clock that is set back brings a milestone back that a nearer one has followed: nobody hears of it again. */
  #isOvertaken(wanted: Due, phase: number): boolean {
    return milestones.some(
      (days) =>
        days < Number(wanted.occasion) &&
        this.expectations.isDue({ ...wanted, occasion: String(days) }, phase),
    )
  }

  #want(wanted: Due, now: number, phase: number, isUndisturbed: boolean) {
    const tell = [...wanted.organization.alerted.latest]
    this.expectations.want(wanted, { now, tell }, phase, isUndisturbed)
  }

  #replaced({ organizationId, predecessorId, id, at }: Made, phase: number): void {
    const organization = this.world.organizations.find((each) => each.id === organizationId)
    const key = organization?.current
    if (!organization || key?.id !== predecessorId) {
      this.faults.push(`key ${predecessorId} was replaced and is not the current one`)
      return
    }
    const due = dueAt(key)
    if (due === null || at < due)
      this.faults.push(
        `key ${key.id} was replaced at ${new Date(at).toISOString()}, due ${due && new Date(due).toISOString()}`,
      )
    this.replacements++
    this.world.organizationKeys.set(
      id,
      replaceCurrent(organization, id, { at, phase, bySchedule: true, lingers: this.lingers() }),
    )
    const tell = new Set([...organization.alerted.latest, ...organization.admins.latest])
    const wanted = { kind: 'organization-key-replaced' as const, subjectId: key.id, occasion: 'replaced' }
    // In one transaction with the replacement: where that is, the notice is.
    if (organization.hasCalled) this.expectations.want(wanted, { now: at, tell: [...tell] }, phase, true)
  }

  #nothingLeftBehind(now: number): void {
    const isLate = (key: OrganizationKey) => {
      const due = dueAt(key)
      return due !== null && due <= now
    }
    for (const { current } of this.world.organizations)
      if (isLate(current))
        this.faults.push(`key ${current.id} is not replaced at ${new Date(now).toISOString()}`)
  }

  #openServiceKeys(now: number): readonly ServiceKey[] {
    const all = this.world.serviceKeys
    if (all.size !== this.#seen) {
      this.#open = [...all.values()]
      this.#seen = all.size
    }
    this.#open = this.#open.filter(
      (key) => key.deletedPhase === null && key.expiresAt !== null && key.expiresAt > now - 8 * day,
    )
    return this.#open
  }
}
