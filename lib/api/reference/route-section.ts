import { html } from 'hono/html'
import { curlOf } from './curl'
import { exampleOf, type Member, membersOf, typeText } from './members'
import { type Answer, flat, type Header, type OpenApiDocument, type Operation, type Schema } from './open-api'
import { type Html, prose } from './text'

const places = { path: 'In the path', query: 'In the query string', header: 'Headers' } as const

export type Route = { id: string; method: string; path: string; operation: Operation }

/** One route: what it is asked with, and everything that it may answer. */
export function routeSection(document: OpenApiDocument, { id, method, path, operation }: Route): Html {
  const { summary = '', description, parameters = [], requestBody, responses } = operation
  const body = requestBody?.content['application/json']?.schema
  return html`
  <article class="route" aria-labelledby="${id}">
    <h3 id="${id}"><a href="#${id}"><span class="method">${method.toUpperCase()}</span><code>${path}</code></a></h3>
    <p>${prose(summary)}</p>
    ${description ? html`<p class="muted">${prose(description)}</p>` : ''}
    <h4>Example</h4>
    <pre><code>${curlOf(document, method, path, operation)}</code></pre>
    ${Object.entries(places).map(([place, title]) => {
      const those = parameters.filter((each) => each.in === place)
      return those.length === 0
        ? ''
        : html`<h4>${title}</h4>${list(
            those.map((each) => headerMember(document, each.name, each)),
            'optional',
          )}`
    })}
    ${body ? html`<h4>Body</h4>${list(membersOf(body, document), 'optional')}` : ''}
    <h4>Answers</h4>
    ${Object.entries(responses).map(([status, answer]) => answerBlock(document, status, answer))}
  </article>`
}

function answerBlock(
  document: OpenApiDocument,
  status: string,
  { description, content, headers }: Answer,
): Html {
  const line = html`<span class="status ${status < '400' ? 'ok' : 'no'}">${status}</span> ${prose(description)}`
  const [[type, { schema }] = ['', { schema: undefined }]] = Object.entries(content ?? {})
  const members = schema ? membersOf(schema, document) : []
  const isPlainProblem = schema?.$ref?.endsWith('/Problem')
  if ((members.length === 0 && !headers) || isPlainProblem) return html`<p>${line}</p>`
  return html`
    <details${status < '400' ? html` open` : ''}>
      <summary>${line}</summary>
      ${
        headers
          ? list(
              Object.entries(headers).map(([name, header]) => headerMember(document, name, header)),
              'sometimes',
            )
          : ''
      }
      ${schema && members.length > 0 ? html`${list(members, 'sometimes')}${sample(document, type, schema)}` : ''}
    </details>`
}

function sample(document: OpenApiDocument, type: string, schema: Schema): Html {
  return html`<p class="muted"><code>${type}</code></p><pre><code>${JSON.stringify(exampleOf(schema, document), null, 2)}</code></pre>`
}

function headerMember(document: OpenApiDocument, name: string, header: Header): Member {
  const schema = flat(header.schema, document)
  const { description = '' } = { ...schema, ...header }
  return {
    path: name,
    type: typeText(schema, document),
    isRequired: header.required ?? false,
    description: description ?? '',
  }
}

/** @param otherwise what is said of a member that need not be there */
function list(members: readonly Member[], otherwise: string): Html {
  return html`<dl>${members.map(
    ({ path, type, isRequired, description }) => html`
      <div>
        <dt><code>${path}</code><span class="type">${type}</span>${isRequired ? '' : html`<span class="need muted">${otherwise}</span>`}</dt>
        ${description ? html`<dd>${prose(description)}</dd>` : html`<dd hidden></dd>`}
      </div>`,
  )}</dl>`
}
