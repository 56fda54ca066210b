import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/** What the provider says about a person; `sub` names the identity. */
export type Identity = { sub: string; name?: string; email?: string; email_verified?: boolean }

export type OpenIdProvider = {
  issuer: string
  clientId: string
  clientSecret: string
  /** Who is sitting in front of the provider's sign-in page. */
  person: Identity
  /** Whether the person's address is in the ID token too, as with many providers, or at userinfo only. */
  fullIdToken: boolean
  close(): Promise<void>
}

/** A real OpenID provider on a port of its own that signs `person` in without asking. */
export async function startOpenIdProvider(consoleUrl: string): Promise<OpenIdProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  const identities = new Map<string, Identity>()
  const running: OpenIdProvider = {
    issuer,
    clientId: 'keyturn',
    clientSecret: 'a-secret-of-the-client-that-is-long-enough',
    person: { sub: 'nobody' },
    fullIdToken: false,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  const make = (conformIdTokenClaims: boolean): Provider =>
    new Provider(issuer, {
      clients: [
        {
          client_id: running.clientId,
          client_secret: running.clientSecret,
          redirect_uris: [`${consoleUrl}/api/auth/callback/oidc`],
        },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      conformIdTokenClaims,
      cookies: { keys: ['a key of the test'] },
      ttl: {
        AccessToken: 600,
        AuthorizationCode: 60,
        Grant: 600,
        IdToken: 600,
        Interaction: 600,
        Session: 600,
      },
      features: { devInteractions: { enabled: false } },
      interactions: { url: () => '/interaction' },
      findAccount: (_context, id) => ({ accountId: id, claims: () => ({ ...identities.get(id), sub: id }) }),
      async loadExistingGrant({ oidc }): Promise<unknown> {
        const { clientId } = oidc.client
        const grant = new (running.fullIdToken ? full : strict).Grant({
          clientId,
          accountId: oidc.session.accountId,
        })
        grant.addOIDCScope('openid email profile')
        await grant.save()
        return grant
      },
    })
  const [strict, full] = quietly(() => [make(true), make(false)] as const)
  server.on('request', (request, response) => {
    const provider = running.fullIdToken ? full : strict
    if (!request.url?.startsWith('/interaction')) return provider.callback()(request, response)
    identities.set(running.person.sub, running.person)
    provider
      .interactionFinished(request, response, { login: { accountId: running.person.sub } })
      .catch((error: Error) => response.writeHead(500).end(String(error)))
  })
  return running
}

/** The package warns of keeping everything in memory, which is just what a test wants. */
function quietly<T>(work: () => T): T {
  const { warn } = console
  console.warn = () => {}
  try {
    return work()
  } finally {
    console.warn = warn
  }
}
