import { shellQuoted } from '@/lib/shell-quoted'
import { exampleOf } from './members'
import { flat, type OpenApiDocument, type Operation } from './open-api'

/** A command that asks this route, ready to be pasted into a shell that knows the Secret as `$SECRET`. */
export function curlOf(
  document: OpenApiDocument,
  method: string,
  path: string,
  operation: Operation,
): string {
  const parameters = operation.parameters ?? []
  const exampleOfParameter = (name: string, place: string) => {
    const parameter = parameters.find((each) => each.name === name && each.in === place)
    return parameter ? String(exampleOf(parameter.schema, document)) : name
  }
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => exampleOfParameter(name, 'path'))
  const headers = parameters.filter(
    (each) => each.in === 'header' && flat(each.schema, document).example !== undefined,
  )
  const body = operation.requestBody?.content['application/json']?.schema
  const parts = [
    method === 'get' ? 'curl' : `curl -X ${method.toUpperCase()}`,
    ...(operation.security ? ['-H "Authorization: Bearer $SECRET"'] : []),
    ...headers.map(({ name }) => `-H ${shellQuoted(`${name}: ${exampleOfParameter(name, 'header')}`)}`),
    ...(body
      ? [
          "-H 'Content-Type: application/json'",
          `-d ${shellQuoted(JSON.stringify(exampleOf(body, document)))}`,
        ]
      : []),
    shellQuoted(`${document.servers?.[0]?.url ?? ''}${filled}`),
  ]
  return parts.join(' \\\n  ')
}
