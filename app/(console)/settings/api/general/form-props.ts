import type { GeneralView } from '@/lib/settings/general-view'

/** What each form of the section gets: the settings as they are, and where to put what was saved or has been found out. */
export type GeneralFormProps = {
  organizationId: string
  view: GeneralView
  learn: (change: Partial<GeneralView>) => void
}
