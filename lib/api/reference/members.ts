import { type Flat, flat, type OpenApiDocument, type Schema } from './open-api'

/** A member of a payload, however deep: `data.keys[].id`. */
export type Member = { path: string; type: string; isRequired: boolean; description: string }

/** Every member of an object, those of its objects and lists included. */
export function membersOf(schema: Schema, document: OpenApiDocument, at = ''): Member[] {
  const whole = flat(schema, document)
  if (whole.items) return membersOf(whole.items, document, `${at}[]`)
  return Object.entries(whole.properties ?? {}).flatMap(([name, property]) => {
    const path = at === '' ? name : `${at}.${name}`
    const member = flat(property, document)
    const isRequired = whole.required?.includes(name) ?? false
    const { description = '' } = member
    return [
      {
        path,
        type: typeText(member, document),
        isRequired,
        description: isDateTime(member) ? own(member, document) : description,
      },
      ...membersOf(property, document, path),
    ]
  })
}

/** A payload as it may look; what is optional stands in it when the document has an example of it. */
export function exampleOf(schema: Schema, document: OpenApiDocument): unknown {
  const { example, enum: choices, items, properties = {}, required, type, ...rest } = flat(schema, document)
  if (example !== undefined) return example
  if (choices) return choices[0]
  if (items) return [exampleOf(items, document)]
  const entries = Object.entries(properties).filter(
    ([name, property]) => required?.includes(name) || flat(property, document).example !== undefined,
  )
  if (entries.length > 0)
    return Object.fromEntries(entries.map(([name, property]) => [name, exampleOf(property, document)]))
  if (rest.isNullable) return null
  const [first] = [type ?? 'string'].flat()
  return { integer: 1, number: 1, boolean: true, object: {} }[first ?? 'string'] ?? '…'
}

export function typeText(schema: Flat, document: OpenApiDocument): string {
  const { items, enum: choices, type, minimum, maximum, isNullable } = schema
  const plain = [type ?? []].flat().find((each) => each !== 'null')
  const range = minimum !== undefined && maximum !== undefined ? `, ${minimum} to ${maximum}` : ''
  const base = isDateTime(schema)
    ? 'DateTime'
    : items
      ? `list of ${typeText(flat(items, document), document)}`
      : choices
        ? choices
            .filter((each) => each !== null)
            .map((each) => `"${each}"`)
            .join(' or ')
        : `${plain ?? 'any'}${range}`
  return isNullable ? `${base} or null` : base
}

function isDateTime(schema: Flat): boolean {
  return schema.name === 'DateTime' || schema.example === '2025-11-23T12:44:11Z'
}

// What all DateTimes have in common stands in a section of its own.
function own({ description }: Flat, { components }: OpenApiDocument): string {
  return description === undefined || description === components.schemas.DateTime?.description
    ? ''
    : description
}
