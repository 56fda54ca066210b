import { type Mail, writeMail } from '@/lib/email/mail'
import type { LimitDecision } from '@/lib/media/decision'
import { base64SizeText, exactSizeText, sizeText } from '@/lib/media/sizes'
import { momentText } from '@/lib/moment-text'

export type LimitNews = {
  organization: { name: string; timeZone: string }
  /** Null when the decision changed no limit. */
  change: { fromBytes: number; bytes: number; endsAt: Date | null; afterwardsBytes: number } | null
  /** The request that this answers, if it answers one. */
  request: {
    wantedBytes: number
    grantedBytes: number | null
    reason: string
    createdAt: Date
    decision: LimitDecision
  } | null
  /** The limit that stands from now on. */
  limitBytes: number
  /** What support writes to the admins. */
  reason: string
}

/** What an organization's admins are told of a decision about their media limit. Pure. */
export function writeLimitMail(news: LimitNews, consoleUrl: string): Omit<Mail, 'to'> {
  const { organization, change, request, limitBytes, reason } = news
  const heading = request
    ? decisionHeading(request, organization.name)
    : `The media limit of ${organization.name} is now ${sizeText(limitBytes)}`
  return writeMail({
    subject: heading,
    heading,
    paragraphs: [
      ...(change
        ? changeParagraphs(change, organization.timeZone)
        : [`The media limit stays ${exactSizeText(limitBytes)}, which is ${base64SizeText(limitBytes)}.`]),
      `Support wrote: “${reason}”`,
      ...(request
        ? [
            `This answers the request of ${momentText(request.createdAt, organization.timeZone)} for ${exactSizeText(request.wantedBytes)}: “${request.reason}”`,
          ]
        : []),
      whatToDo(news),
    ],
    link: { text: 'Open Settings > API', url: `${consoleUrl}/settings/api` },
  })
}

function decisionHeading(
  { decision, wantedBytes, grantedBytes }: NonNullable<LimitNews['request']>,
  name: string,
) {
  const wanted = `a media limit of ${sizeText(wantedBytes)}`
  if (decision === 'granted') return `Granted: ${wanted} for ${name}`
  if (decision === 'granted-less')
    return `Granted in part: ${sizeText(grantedBytes ?? 0)} instead of ${sizeText(wantedBytes)} for ${name}`
  return `Declined: ${wanted} for ${name}`
}

function changeParagraphs(change: NonNullable<LimitNews['change']>, timeZone: string): string[] {
  const until = change.endsAt
    ? `It holds until ${momentText(change.endsAt, timeZone)}; then the limit is ${exactSizeText(change.afterwardsBytes)} again.`
    : 'It holds until it is changed again.'
  return [
    `New limit: ${exactSizeText(change.bytes)}, which is ${base64SizeText(change.bytes)}. ${until}`,
    `Before: ${exactSizeText(change.fromBytes)}, which is ${base64SizeText(change.fromBytes)}.`,
  ]
}

function whatToDo({ change, request }: LimitNews): string {
  if (change && change.bytes < change.fromBytes)
    return 'Uploads that are larger than the new limit are refused from now on. Settings > API shows what is in use; there you can also ask for a larger limit.'
  if (request && request.decision !== 'granted')
    return 'Under Settings > API, Media, you see the limit and can ask again with another size or more reasons.'
  return 'You need not do anything. Settings > API shows the limit and what is in use.'
}
