import { cookieName } from '@/lib/auth/cookies'
import { findSession } from '@/lib/auth/session'

/** A browser without a screen: cookies of each origin, and redirects one at a time. */
export class Browser {
  #cookies = new Map<string, Map<string, string>>()

  constructor(private readonly consoleUrl: string) {}

  jar(url: string): Map<string, string> {
    const { origin } = new URL(url)
    const jar = this.#cookies.get(origin) ?? new Map<string, string>()
    this.#cookies.set(origin, jar)
    return jar
  }

  async go(url: string, form?: Record<string, string>): Promise<{ next: string | null; body: string }> {
    const jar = this.jar(url)
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value) jar.set(name, value)
      else jar.delete(name)
    }
    const location = response.headers.get('location')
    return { next: location && new URL(location, url).href, body: await response.text() }
  }

  /** The provider's address, as the sign-in page's button asks for it. */
  async begin(callbackUrl = '/'): Promise<string> {
    const { csrfToken } = JSON.parse((await this.go(`${this.consoleUrl}/api/auth/csrf`)).body)
    const form = { csrfToken, callbackUrl, json: 'true' }
    return JSON.parse((await this.go(`${this.consoleUrl}/api/auth/signin/oidc`, form)).body).url
  }

  /** Signs in at the provider and answers the address that it sends the browser back to. */
  async atProvider(address: string): Promise<string> {
    let url = address
    while (!url.startsWith(`${this.consoleUrl}/`)) {
      const { next, body } = await this.go(url)
      if (!next) throw new Error(`the provider stopped at ${url}: ${body}`)
      url = next
    }
    return url
  }

  async signIn(callbackUrl?: string) {
    return this.end(await this.atProvider(await this.begin(callbackUrl)))
  }

  /** Brings the provider's answer to the console and answers the page that it ends at. */
  async end(answer: string): Promise<string | null> {
    let url: string | null = answer
    while (url?.startsWith(`${this.consoleUrl}/api/auth/`)) url = (await this.go(url)).next
    return url
  }

  /** The value of the session cookie, empty without one. */
  get sessionToken(): string {
    return this.jar(this.consoleUrl).get(cookieName('session')) ?? ''
  }

  set sessionToken(token: string) {
    this.jar(this.consoleUrl).set(cookieName('session'), token)
  }

  get session() {
    return findSession(this.sessionToken)
  }
}
