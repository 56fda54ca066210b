import { base64SizeText, exactSizeText, sizeText } from '@/lib/media/sizes'
import type { MediaLimitDecided } from '@/lib/notices/kinds'
import { openApiSettings } from './organization-key-clock-words'
import type { NoticeWords, Sentence } from './sentence'
import { quoted } from './use-words'

/** Support decided about the media limit; who of the staff did it, is not the organization's to know. */
export function mediaLimitDecidedWords(facts: MediaLimitDecided): NoticeWords {
  return {
    title: [titleOf(facts)],
    sentences: [
      whatHolds(facts),
      [`Support wrote: ${sentenceOf(facts.reason)}.`],
      ...(facts.request ? [answered(facts.request)] : []),
      [whatToDo(facts)],
    ],
    facts: [...limitFacts(facts), ...requestFacts(facts)],
    action: openApiSettings,
  }
}

function titleOf({ request, limitBytes }: MediaLimitDecided): string {
  if (!request) return `Support set the media limit to ${sizeText(limitBytes)}`
  const wanted = sizeText(request.wantedBytes)
  switch (request.decision) {
    case 'granted':
      return `Granted: a media limit of ${wanted}`
    case 'granted-less':
      return `Granted in part: a media limit of ${sizeText(limitBytes)} instead of ${wanted}`
    case 'declined':
      return `Declined: a media limit of ${wanted}`
  }
}

function whatHolds({ change, limitBytes }: MediaLimitDecided): Sentence {
  if (!change) return [`The media limit stays ${exactSizeText(limitBytes)}.`]
  const limit = `The media limit is ${exactSizeText(limitBytes)}`
  return change.endsAt
    ? [
        `${limit} until `,
        new Date(change.endsAt),
        `; then it is ${exactSizeText(change.afterwardsBytes)} again.`,
      ]
    : [`${limit} until it is changed again.`]
}

function answered({ askedAt, wantedBytes, reason }: Request): Sentence {
  return [
    'This answers the request of ',
    new Date(askedAt),
    ` for ${exactSizeText(wantedBytes)}: ${sentenceOf(reason)}.`,
  ]
}

function whatToDo({ change, request, limitBytes }: MediaLimitDecided): string {
  if (change && limitBytes < change.fromBytes)
    return 'Uploads that are larger than the new limit are refused from now on. Settings > API shows what is in use; there you can also ask for a larger limit.'
  if (request && request.decision !== 'granted')
    return 'Under Settings > API, Media, you see the limit and can ask again with another size or more reasons.'
  return 'You need not do anything. Settings > API shows the limit and what is in use.'
}

function limitFacts({ change, limitBytes }: MediaLimitDecided): NoticeWords['facts'] {
  if (!change) return [{ label: 'Limit, as before', value: bothUnits(limitBytes) }]
  const { fromBytes, endsAt, afterwardsBytes } = change
  return [
    { label: 'Limit before', value: bothUnits(fromBytes) },
    { label: 'Limit now', value: bothUnits(limitBytes) },
    { label: 'Holds until', value: endsAt ? [new Date(endsAt)] : ['It is changed again'] },
    ...(endsAt ? [{ label: 'Limit afterwards', value: bothUnits(afterwardsBytes) }] : []),
  ]
}

function requestFacts({ request }: MediaLimitDecided): NoticeWords['facts'] {
  if (!request) return []
  return [
    { label: 'Asked for', value: bothUnits(request.wantedBytes) },
    { label: 'Asked on', value: [new Date(request.askedAt)] },
  ]
}

/** Our full stop follows, so that a reason's own would be a second one. */
function sentenceOf(reason: string): string {
  return quoted(reason.replace(/\.$/, ''))
}

type Request = NonNullable<MediaLimitDecided['request']>

/** As files are counted, and as a JSON body holds them. */
function bothUnits(bytes: number): Sentence {
  return [`${exactSizeText(bytes)}, ${base64SizeText(bytes)}`]
}
