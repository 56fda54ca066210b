/** What the reference reads of an OpenAPI 3.1 document. */
export type Schema = {
  $ref?: string
  type?: string | readonly string[]
  description?: string
  example?: unknown
  enum?: readonly unknown[]
  format?: string
  minimum?: number
  maximum?: number
  default?: unknown
  required?: readonly string[]
  properties?: Record<string, Schema>
  items?: Schema
  allOf?: readonly Schema[]
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
}
export type Content = Record<string, { schema: Schema }>
export type Header = { schema: Schema; required?: boolean; description?: string }
export type Parameter = Header & { name: string; in: 'path' | 'query' | 'header' }
export type Answer = { description: string; content?: Content; headers?: Record<string, Header> }
export type Operation = {
  summary?: string
  description?: string
  security?: readonly object[]
  parameters?: readonly Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, Answer>
}
export type OpenApiDocument = {
  info: { title: string; version: string; description?: string }
  servers?: readonly { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

/** A schema without references and combinations; `name` is that of the component it refers to. */
export type Flat = Omit<Schema, '$ref' | 'allOf' | 'anyOf' | 'oneOf'> & { name?: string; isNullable: boolean }

export function flat(schema: Schema, document: OpenApiDocument): Flat {
  const { $ref, allOf = [], anyOf = [], oneOf = [], ...own } = schema
  const name = $ref?.split('/').at(-1)
  const referred = name === undefined ? undefined : document.components.schemas[name]
  const choices = [...anyOf, ...oneOf]
  const parts = [
    ...(referred ? [referred] : []),
    ...allOf,
    ...choices.filter(({ type }) => type !== 'null'),
  ].map((part) => flat(part, document))
  const types = [own.type ?? []].flat()
  const merged = parts.reduce<Flat>((whole, part) => merge(whole, part), { isNullable: false })
  const isNullable =
    merged.isNullable || types.includes('null') || choices.some(({ type }) => type === 'null')
  return { ...merge(merged, { ...own, isNullable }), ...(name ? { name } : {}) }
}

function merge(whole: Flat, part: Flat): Flat {
  const required = [...(whole.required ?? []), ...(part.required ?? [])]
  const properties = { ...whole.properties, ...part.properties }
  return { ...whole, ...part, required, properties }
}
