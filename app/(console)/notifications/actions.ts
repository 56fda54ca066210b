'use server'

import { action } from '@/lib/action'
import { markAllReadInput, markReadInput } from '@/lib/notices/inbox/inputs'
import { markAllRead as markAllReadVerb } from '@/lib/notices/inbox/mark-all-read'
import { markRead as markReadVerb } from '@/lib/notices/inbox/mark-read'

export const markRead = action('notifications:mark-read', markReadInput, (input, actor) =>
  markReadVerb(input, actor),
)

export const markAllRead = action('notifications:mark-read', markAllReadInput, (input, actor) =>
  markAllReadVerb(input, actor),
)
