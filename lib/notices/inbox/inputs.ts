import { z } from 'zod'
import { type NoticeKind, noticeKinds } from '@/lib/notices/kinds'
import { parseCursor } from '@/lib/requests/cursor'

export const abouts = ['organization-key', 'service-keys', 'members', 'media'] as const
export type About = (typeof abouts)[number]

export const kindsAbout: Record<About, NoticeKind[]> = {
  'organization-key': noticeKinds.filter((kind) => kind.startsWith('organization-key-')),
  'service-keys': noticeKinds.filter((kind) => kind.startsWith('service-key-')),
  members: noticeKinds.filter((kind) => kind.startsWith('admin-')),
  media: noticeKinds.filter((kind) => kind.startsWith('media-')),
}

const searchParameters = z.object({
  /** Whose notices: the reader's own, or all of the organization's. */
  whose: z.enum(['mine', 'everybodys']).catch('mine'),
  show: z.enum(['all', 'unread']).catch('all'),
  about: z.enum(abouts).nullable().catch(null),
  after: z.string().max(400).transform(parseCursor).catch(null),
})

export type NoticeSearch = z.output<typeof searchParameters>

/** What the list's address asks for; whatever makes no sense there is left out. */
export function parseSearch(parameters: Record<string, unknown>, mayReadAll: boolean): NoticeSearch {
  const search = searchParameters.parse(parameters)
  if (!mayReadAll) return { ...search, whose: 'mine' }
  // What others have not read is theirs to know.
  return search.whose === 'everybodys' ? { ...search, show: 'all' } : search
}

export const markReadInput = z.strictObject({
  noticeId: z.string().regex(/^ntc_[0-9A-Za-z]{1,40}$/, 'Choose a notification.'),
})

/** What the reader saw: the newest of their notices, and how many were unread. */
export const markAllReadInput = z.strictObject({
  upTo: z
    .string()
    .max(400)
    .transform((text, context) => {
      const place = parseCursor(text)
      if (place) return place
      context.addIssue('Choose what to mark.')
      return z.NEVER
    }),
  unread: z.int().min(0).max(1_000_000),
})
