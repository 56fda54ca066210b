import type { World } from '@/lib/worker/simulation/facts/world'
import type { TakenMail } from '@/lib/worker/simulation/sink'

/** A mail as the product says that it stands; phases are null where it is not so. */
export type SaidMail = {
  noticeId: string
  userId: string
  organizationId: string
  kind: string
  subjectId: string
  raisedPhase: number
  mailedPhase: number | null
  droppedPhase: number | null
  dropReason: string | null
}

export type Verdict = {
  delivered: number
  dropped: number
  missing: string[]
  twice: string[]
  wrong: string[]
}

/**
 * Compares what the product says of its mails with what the mail service took, and both with what was true then.
 * @param clocks between which moments the workers' clocks stood in a phase
 */
export function judgeMails(
  world: World,
  said: readonly SaidMail[],
  taken: readonly TakenMail[],
  clocks: (phase: number) => { earliest: number; latest: number },
): Verdict {
  const verdict: Verdict = { delivered: taken.length, dropped: 0, missing: [], twice: [], wrong: [] }
  const takenOf = Map.groupBy(taken, ({ key }) => key)
  const newest = new Map<string, number[]>()
  for (const { kind, subjectId, userId, raisedPhase } of said) {
    const name = `${kind} ${subjectId} ${userId}`
    const phases = newest.get(name)
    if (phases) phases.push(raisedPhase)
    else newest.set(name, [raisedPhase])
  }
  const isNewerAt = ({ kind, subjectId, userId, raisedPhase }: SaidMail, phase: number) =>
    (newest.get(`${kind} ${subjectId} ${userId}`) ?? []).some((each) => each > raisedPhase && each <= phase)

  const keys = new Set<string>()
  for (const mail of said) {
    const key = `${mail.noticeId} ${mail.userId}`
    const name = `${mail.kind} ${mail.subjectId} for ${mail.userId}`
    keys.add(key)
    const mine = takenOf.get(key) ?? []
    if (mine.length > 1) verdict.twice.push(`${name}: ${mine.map(({ phase }) => phase)}`)
    if (mail.mailedPhase === null && mail.droppedPhase === null)
      verdict.missing.push(`${name}: it still waits`)
    if (mail.mailedPhase !== null && mine.length === 0) verdict.missing.push(`${name}: nobody took it`)
    if (mail.droppedPhase !== null) {
      verdict.dropped++
      const reasons = reasonsAgainst(
        world,
        mail,
        mail.droppedPhase,
        clocks(mail.droppedPhase).latest,
        isNewerAt,
      )
      if (!reasons.includes(mail.dropReason ?? ''))
        verdict.wrong.push(`${name}: dropped for ${mail.dropReason}`)
    }
    for (const { to, phase } of mine) {
      if (to !== world.people.get(mail.userId)) verdict.wrong.push(`${name}: went to ${to}`)
      // What changes by the workers' own doing in the same phase, one of them may not have seen yet.
      const before = reasonsAgainst(world, mail, phase - 1, clocks(phase).earliest, isNewerAt)
      if (before.length > 0) verdict.wrong.push(`${name}: sent in spite of ${before}`)
    }
  }
  for (const { key } of taken) if (!keys.has(key)) verdict.wrong.push(`${key}: a mail of no notice`)
  return verdict
}

/** Why it was not to be sent then, by what people are promised. */
function reasonsAgainst(
  world: World,
  mail: SaidMail,
  phase: number,
  now: number,
  isNewerAt: (mail: SaidMail, phase: number) => boolean,
): string[] {
  const organization = world.organizations.find(({ id }) => id === mail.organizationId)
  if (!organization) return ['no organization']
  const isAdmin = organization.admins.at(phase).has(mail.userId)
  const isAlerted = organization.alerted.at(phase).has(mail.userId)
  const unless = (holds: boolean, reason: string) => (holds ? [] : [reason])
  if (mail.kind.startsWith('service-key')) {
    const key = world.serviceKeys.get(mail.subjectId)
    if (!key) return ['no key']
    const isEnding = mail.kind === 'service-key-ending'
    return [
      ...unless(key.deletedPhase === null || key.deletedPhase > phase, 'key-deleted'),
      ...unless(!key.isDisabled.at(phase), 'key-disabled'),
      ...unless(!isEnding || key.expiresAt === null || key.expiresAt > now, 'key-ended'),
      ...unless(!isEnding || !isNewerAt(mail, phase), 'newer-notice'),
      ...unless(isAlerted, 'not-a-recipient'),
    ]
  }
  const key = world.organizationKeys.get(mail.subjectId)
  const deletedPhase = key?.deletedPhase ?? null
  const isDeleted = deletedPhase !== null && deletedPhase <= phase
  if (mail.kind === 'organization-key-ending')
    return [
      ...unless(!isDeleted, 'key-deleted'),
      ...unless((key?.replaced?.acceptedUntil ?? 0) > now, 'key-ended'),
      ...unless(!isNewerAt(mail, phase), 'newer-notice'),
      ...unless(isAlerted, 'not-a-recipient'),
    ]
  if (mail.kind === 'organization-key-replaced') {
    const successor = world.organizationKeys.get(key?.replaced?.successorId ?? '')
    const isReplaced = successor?.replaced ? successor.replaced.phase <= phase : false
    return [
      ...unless(!isDeleted, 'key-deleted'),
      ...unless(!isReplaced, 'key-replaced'),
      ...unless(isAlerted || isAdmin, 'not-a-recipient'),
    ]
  }
  // Who is an admin no more hears of that all the same.
  return unless(isAdmin || mail.kind === 'admin-ended', 'not-a-recipient')
}
