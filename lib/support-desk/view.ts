import { decisionOf, type LimitDecision } from '@/lib/media/decision'
import { limitFactsOf } from '@/lib/media/limit'
import { limitAt } from './plan-change'
import type { DeskOrganizationRow, findChanges, findRequests } from './store'

/** The limit in bytes at the moment of reading; `endsAt` (ISO 8601) says when it falls back to `afterwardsBytes`. */
export type LimitView = { bytes: number; endsAt: string | null; afterwardsBytes: number }

export type UsageView = { files: number; bytes: number }

export type OpenRequestView = {
  id: string
  wantedBytes: number
  reason: string
  askedBy: string
  askedAt: string
}

/** One line of the list: all that leaves of an organization. */
export type ListedOrganization = {
  id: string
  name: string
  limit: LimitView
  usage: UsageView
  request: { wantedBytes: number; askedAt: string } | null
  changedAt: string | null
}

/** What support did once: a change of the limit, an answer to a request, or both. */
export type HistoryEntry = {
  id: string
  at: string
  by: string
  reason: string
  change: { fromBytes: number; toBytes: number; endsAt: string | null } | null
  request: {
    wantedBytes: number
    reason: string
    askedBy: string
    askedAt: string
    decision: LimitDecision
  } | null
}

export type OrganizationView = {
  id: string
  name: string
  limit: LimitView
  usage: UsageView
  request: OpenRequestView | null
  /** The number of the last change, which a new one has to name (`seen`). */
  lastChange: number
  /** Latest first. */
  history: HistoryEntry[]
  /** Whether there is more behind the end of `history`. */
  isHistoryCut: boolean
}

export function viewLimit(row: Parameters<typeof limitFactsOf>[0], now: Date): LimitView {
  const { bytes, endsAt, afterwardsBytes } = limitAt(limitFactsOf(row), now)
  return { bytes, endsAt: endsAt?.toISOString() ?? null, afterwardsBytes }
}

/** So many entries the history shows. */
const historyLength = 100

/** How many changes, and how many requests, have to be read for it: one more shows that it is cut, one may be open. */
export const historyReach = historyLength + 2

type Changes = Awaited<ReturnType<typeof findChanges>>
type Requests = Awaited<ReturnType<typeof findRequests>>

/** @param changes and `requests`: the latest `historyReach` of each */
export function organizationView(
  row: DeskOrganizationRow,
  usage: UsageView,
  changes: Changes,
  requests: Requests,
  now: Date,
): OrganizationView {
  const open = requests.find(({ request }) => request.answeredAt === null)
  const history = viewHistory(changes, requests)
  return {
    id: row.id,
    name: row.name,
    limit: viewLimit(row, now),
    usage,
    request: open
      ? {
          id: open.request.id,
          wantedBytes: open.request.wantedBytes,
          reason: open.request.reason,
          askedBy: open.askedBy,
          askedAt: open.request.createdAt.toISOString(),
        }
      : null,
    lastChange: changes[0]?.change.number ?? 0,
    history: history.slice(0, historyLength),
    isHistoryCut: history.length > historyLength,
  }
}

/** Latest first; a change that answered a request is one entry with it. */
function viewHistory(changes: Changes, requests: Requests): HistoryEntry[] {
  const changed = changes.map(({ change, by }): HistoryEntry => {
    const answered = requests.find(({ request }) => request.id === change.requestId)
    return {
      id: `change ${change.number}`,
      at: change.changedAt.toISOString(),
      by,
      reason: change.reason,
      change: {
        fromBytes: change.fromBytes,
        toBytes: change.toBytes,
        endsAt: change.endsAt?.toISOString() ?? null,
      },
      request: answered ? viewAnswered(answered) : null,
    }
  })
  const withChange = new Set(changes.map(({ change }) => change.requestId))
  const others = requests.flatMap((each): HistoryEntry[] => {
    const { id, answeredAt, answer } = each.request
    if (!answeredAt || !each.answeredBy || withChange.has(id)) return []
    return [
      {
        id,
        at: answeredAt.toISOString(),
        by: each.answeredBy,
        reason: answer ?? '',
        change: null,
        request: viewAnswered(each),
      },
    ]
  })
  return [...changed, ...others].sort((a, b) => b.at.localeCompare(a.at))
}

function viewAnswered({ request, askedBy }: Requests[number]): NonNullable<HistoryEntry['request']> {
  return {
    wantedBytes: request.wantedBytes,
    reason: request.reason,
    askedBy,
    askedAt: request.createdAt.toISOString(),
    decision: decisionOf(request),
  }
}
