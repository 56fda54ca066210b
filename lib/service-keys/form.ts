import { z } from 'zod'
import { accessLevels } from '@/lib/keys/access-level'
import { type Place, parseCursor } from './cursor'
import { type ServiceKeyFilter, unusedDaysChoices } from './filter'
import { searchTextInput, serviceKeyIdInput, serviceUserIdInput } from './inputs'
import { serviceKeyStates } from './lifecycle'
import { parseSort, type Sort, sortText, usualSort } from './sort'

const filterFields = [
  'keyId',
  'name',
  'state',
  'accessLevel',
  'serviceUserId',
  'unusedDays',
  'isAnyAddress',
  'neverExpires',
] as const

export type ServiceKeyFieldName = (typeof filterFields)[number] | 'sort'

/** What the address of the screen asks for, as it stands in the form; empty: not asked for. */
export type ServiceKeyForm = Record<ServiceKeyFieldName, string>

export type ReadServiceKeyForm = {
  form: ServiceKeyForm
  /** What is wrong with a field, in words for the person. */
  problems: Partial<Record<ServiceKeyFieldName | 'cursor', string>>
  filter: ServiceKeyFilter
  sort: Sort
  after: Place | null
}

const yes = (words: string) => z.literal('true', words).transform(() => true as const)

const fieldInputs = {
  keyId: serviceKeyIdInput,
  name: searchTextInput,
  state: z.enum(serviceKeyStates, 'Choose one of the states.'),
  accessLevel: z.enum(accessLevels, 'Choose one of the access levels.'),
  serviceUserId: serviceUserIdInput,
  unusedDays: z
    .enum(unusedDaysChoices.map(String), `Choose ${unusedDaysChoices.join(' or ')} days.`)
    .transform((text) => unusedDaysChoices.find((days) => String(days) === text)),
  isAnyAddress: yes('Choose keys without IP limit, or all.'),
  neverExpires: yes('Choose keys that never expire, or all.'),
}

/** Reads the address of the screen and of its export; blanks around a text are removed. Pure. */
export function readServiceKeyForm(parameters: URLSearchParams): ReadServiceKeyForm {
  const text = (name: string) => parameters.get(name)?.trim() ?? ''
  const problems: ReadServiceKeyForm['problems'] = {}
  function read<T>(name: (typeof filterFields)[number], schema: z.ZodType<T>): T | undefined {
    if (text(name) === '') return undefined
    const parsed = schema.safeParse(text(name))
    if (parsed.success) return parsed.data
    problems[name] = parsed.error.issues[0]?.message ?? 'This is not possible.'
    return undefined
  }
  const filter: ServiceKeyFilter = {
    keyId: read('keyId', fieldInputs.keyId),
    name: read('name', fieldInputs.name),
    state: read('state', fieldInputs.state),
    accessLevel: read('accessLevel', fieldInputs.accessLevel),
    serviceUserId: read('serviceUserId', fieldInputs.serviceUserId),
    unusedDays: read('unusedDays', fieldInputs.unusedDays),
    isAnyAddress: read('isAnyAddress', fieldInputs.isAnyAddress),
    neverExpires: read('neverExpires', fieldInputs.neverExpires),
  }

  const wantedSort = text('sort') === '' ? usualSort : parseSort(text('sort'))
  if (!wantedSort) problems.sort = 'The list cannot be in this order.'
  const sort = wantedSort ?? usualSort
  const cursor = text('cursor')
  const after = cursor === '' ? null : parseCursor(cursor, sort)
  if (cursor !== '' && after === null) problems.cursor = 'This address does not name a page of the list.'

  const form = {
    ...Object.fromEntries(filterFields.map((name) => [name, text(name)])),
    sort: wantedSort ? sortText(sort) : text('sort'),
  } as ServiceKeyForm
  return { form, problems, filter, sort, after }
}
