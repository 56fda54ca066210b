import type postgres from 'postgres'
import { verifyChain } from '@/lib/audit/verify-chain'
import type { World } from './facts/world'
import type { RaisedNotice } from './oracle/expectations'
import { judgeMails, type SaidMail } from './oracle/mail-judge'
import type { Oracle } from './oracle/oracle'
import type { Sink } from './sink'

export type Findings = {
  /** What must hold and did not; empty is what everybody wants. */
  faults: string[]
  numbers: Record<string, number>
}

type Run = {
  world: World
  oracle: Oracle
  sink: Sink
  /** In which phase it was which moment. */
  phaseOf: ReadonlyMap<number, number>
  work: { steps: number; kills: number; seconds: number; waitedInOutage: number }
}

/** Compares what there is in the end with what must be. */
export async function settle(
  owner: postgres.Sql,
  { world, oracle, sink, phaseOf, work }: Run,
): Promise<Findings> {
  const notices = await readNotices(owner)
  const compared = oracle.expectations.compare(notices)
  const said = await readMails(owner, phaseOf)
  const momentsOf = Map.groupBy(phaseOf.keys(), (at) => phaseOf.get(at))
  const mails = judgeMails(world, said, sink.taken, (phase) => {
    const moments = momentsOf.get(phase) ?? []
    return { earliest: Math.min(...moments), latest: Math.max(...moments) }
  })
  const keyFaults = await compareKeys(owner, world)
  const chains = await brokenChains(world)
  const named = (name: string, faults: readonly string[]) => faults.map((fault) => `${name}: ${fault}`)
  return {
    faults: [
      ...oracle.faults,
      ...named('notice missing', compared.missing),
      ...named('notice wrong', compared.wrong),
      ...named('mail missing', mails.missing),
      ...named('mail twice', mails.twice),
      ...named('mail wrong', mails.wrong),
      ...named('key', keyFaults),
      ...named('audit', chains),
    ],
    numbers: {
      steps: work.steps,
      seconds: Math.round(work.seconds),
      'organization keys': world.organizationKeys.size,
      'service keys': world.serviceKeys.size,
      'replaced by the schedule': oracle.replacements,
      'workers killed': work.kills,
      notices: notices.length,
      ...Object.fromEntries(
        [...Map.groupBy(notices, ({ kind }) => kind)].map(([kind, of]) => [`- ${kind}`, of.length]),
      ),
      'notices that had to be there': compared.expected,
      'notices missing': compared.missing.length,
      'notices wrong': compared.wrong.length,
      'mails delivered': mails.delivered,
      'mails dropped': mails.dropped,
      ...Object.fromEntries(
        [...Map.groupBy(said, ({ dropReason }) => dropReason)].flatMap(([reason, of]) =>
          reason ? [[`- ${reason}`, of.length]] : [],
        ),
      ),
      'mails missing': mails.missing.length,
      'mails twice': mails.twice.length,
      'mails wrong': mails.wrong.length,
      'requests to the mail service': sink.counts.requests,
      'timed out before it took the mail': sink.counts.lostBefore,
      'timed out after it took the mail': sink.counts.lostAfter,
      'refused while it was down': sink.counts.refused,
      'mails that waited then at most': work.waitedInOutage,
      'handed over again and recognized': sink.counts.repeated,
      'handed over again with another body': sink.counts.conflicts,
    },
  }
}

const eventKinds = [
  'organization-key-issued',
  'organization-key-revealed',
  'organization-key-revoked',
  'organization-key-expiration-removed',
  'organization-key-expiration-restored',
  'organization-key-deleted',
  'organization-key-interval-set',
  'admin-ended',
]

async function readNotices(owner: postgres.Sql): Promise<RaisedNotice[]> {
  const rows = await owner<(Omit<RaisedNotice, 'createdAt'> & { createdAt: Date })[]>`
    select id, kind, subject_id as "subjectId", occasion, notices.created_at as "createdAt",
      array_agg(user_id order by user_id) filter (where user_id is not null) as recipients
    from notices left join notice_deliveries on notice_id = id
    group by id`
  return rows.map((row) => {
    const createdAt = row.createdAt.getTime()
    // An event's occasion is whatever tells it from others; it is known by its moment here.
    const occasion = eventKinds.includes(row.kind) ? String(createdAt) : row.occasion
    return { ...row, createdAt, occasion, recipients: row.recipients ?? [] }
  })
}

async function readMails(owner: postgres.Sql, phaseOf: ReadonlyMap<number, number>): Promise<SaidMail[]> {
  const rows = await owner<
    (Pick<SaidMail, 'noticeId' | 'userId' | 'organizationId' | 'kind' | 'subjectId' | 'dropReason'> &
      Record<'createdAt', Date> &
      Record<'mailedAt' | 'droppedAt', Date | null>)[]
  >`
    select notice_id as "noticeId", user_id as "userId", delivery.organization_id as "organizationId", kind,
      subject_id as "subjectId", delivery.created_at as "createdAt", mailed_at as "mailedAt",
      dropped_at as "droppedAt", drop_reason as "dropReason"
    from notice_deliveries delivery join notices on notices.id = notice_id`
  const phase = (at: Date) => {
    const found = phaseOf.get(at.getTime())
    if (found === undefined) throw new Error(`nothing happened at ${at.toISOString()}`)
    return found
  }
  return rows.map(({ createdAt, mailedAt, droppedAt, ...row }) => ({
    ...row,
    raisedPhase: phase(createdAt),
    mailedPhase: mailedAt && phase(mailedAt),
    droppedPhase: droppedAt && phase(droppedAt),
  }))
}

async function compareKeys(owner: postgres.Sql, world: World): Promise<string[]> {
  const rows = await owner<Record<'id', string> & Record<string, Date | null>[]>`
    select id, created_at, expires_at, replace_by, revoked_at, accepted_until, deleted_at, successor_id
    from organization_keys`
  const faults = rows.flatMap((row) => {
    const key = world.organizationKeys.get(String(row.id))
    if (!key) return [`${row.id} is unheard of`]
    const { createdAt, expiresAt, replaceBy, replaced, deletedPhase } = key
    const known = [createdAt, expiresAt, replaceBy, replaced?.at ?? null, replaced?.acceptedUntil ?? null]
    const found = [row.created_at, row.expires_at, row.replace_by, row.revoked_at, row.accepted_until].map(
      (at) => at?.getTime() ?? null,
    )
    const isSame =
      known.join() === found.join() &&
      (deletedPhase === null) === (row.deleted_at === null) &&
      String(replaced?.successorId ?? null) === String(row.successor_id)
    return isSame ? [] : [`${row.id} is ${found}, and was to be ${known}`]
  })
  return rows.length === world.organizationKeys.size
    ? faults
    : [...faults, `there are ${rows.length} instead of ${world.organizationKeys.size}`]
}

async function brokenChains({ organizations }: World): Promise<string[]> {
  const broken: string[] = []
  for (const { id } of organizations) {
    const outcome = await verifyChain(id)
    if (!outcome.ok) broken.push(`the chain of ${id} is broken at ${outcome.details.sequence}`)
  }
  return broken
}
