export type Answered = {
  status: number
  headers: Headers
  /** The answer's JSON; `{}` where there is none. */
  body: { data?: unknown; meta?: unknown; code?: string; detail?: string; title?: string }
  text: string
}

export type Asking = { token?: string; body?: unknown; headers?: Record<string, string> }

/** One call over real HTTP; `body` is sent as JSON, a text as it is. */
export async function ask(
  url: string,
  method: string,
  path: string,
  { token, body, headers }: Asking = {},
): Promise<Answered> {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = text !== '' && response.headers.get('content-type')?.includes('json')
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : {}, text }
}
