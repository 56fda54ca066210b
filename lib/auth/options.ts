import { DrizzleAdapter } from '@auth/drizzle-adapter'
import { eq } from 'drizzle-orm'
import type { NextAuthOptions, Profile } from 'next-auth'
import type { Adapter, AdapterAccount } from 'next-auth/adapters'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { db } from '@/db/client'
import { accounts, sessions, users } from '@/db/schema'
import { recordEntries } from '@/lib/audit/record'
import { openPathAgain } from '@/lib/console-link'
import { env } from '@/lib/env'
import { logger } from '@/lib/log'
import type { RequestSource } from './actor'
import { cookieName, cookieOptions } from './cookies'
import { hashSessionToken, newSessionToken, sessionDays } from './session'
import { signInEntries } from './sign-in'

/**
 * next-auth runs single sign-on and ends sessions; emailed codes go through lib/otp (docs/decisions/003).
 * Made anew for each request.
 * @param from where the request comes from, for the audit log
 */
export function authOptions(from: RequestSource = { address: null, userAgent: null }): NextAuthOptions {
  const adapter = hashingAdapter(from)
  let isSigningIn = false
  return {
    adapter: {
      ...adapter,
      // next-auth would link the identity to whoever is signed in here, and keep that session and its id.
      getSessionAndUser: async (token) => (isSigningIn ? null : adapter.getSessionAndUser(token)),
    },
    secret: env().NEXTAUTH_SECRET,
    session: {
      strategy: 'database',
      maxAge: sessionDays * 86_400,
      updateAge: sessionDays * 86_400,
      generateSessionToken: newSessionToken,
    },
    cookies: { sessionToken: { name: cookieName('session'), options: cookieOptions() } },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in' },
    providers: oidcProvider(),
    callbacks: {
      // What it was told stands in a cookie until then.
      redirect: ({ url, baseUrl }) => `${baseUrl}${openPathAgain(url, baseUrl)}`,
      // Single sign-on opens existing accounts only, and only by an address that the provider vouches for.
      async signIn({ profile, user }) {
        isSigningIn = true
        const vouched = profile as { email?: string; email_verified?: boolean } | undefined
        if (vouched?.email_verified !== true || !vouched.email) return false
        const address = vouched.email.toLowerCase()
        // An identity that was linked once has to vouch for the address that its account has today.
        if (user.email !== address) return false
        const [known] = await db().select({ id: users.id }).from(users).where(eq(users.email, address))
        return Boolean(known)
      },
    },
    logger: {
      error: (code, metadata) =>
        logger().error({ authCode: code, cause: causeOf(metadata) }, 'sign-in failed'),
      warn: () => {},
      debug: () => {},
    },
  }
}

/** Whether the sign-in page offers single sign-on, and under which name. */
export function singleSignOn(): { id: string; name: string } | null {
  return env().OIDC_ISSUER ? { id: 'oidc', name: env().OIDC_NAME } : null
}

function oidcProvider(): NextAuthOptions['providers'] {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = env()
  if (!OIDC_ISSUER) return []
  return [
    {
      id: 'oidc',
      name: OIDC_NAME,
      type: 'oauth',
      wellKnown: `${OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`,
      clientId: OIDC_CLIENT_ID ?? '',
      clientSecret: OIDC_CLIENT_SECRET ?? '',
      authorization: { params: { scope: 'openid email profile' } },
      idToken: true,
      userinfo: { request: ({ client, tokens }) => profileOf(client, tokens as unknown as IssuedTokens) },
      checks: ['pkce', 'state', 'nonce'],
      // The provider was chosen by whoever runs Keyturn, and the address is verified: it may open that account.
      allowDangerousEmailAccountLinking: true,
      profile: (profile: { sub: string; email?: string; name?: string }) => ({
        id: profile.sub,
        email: profile.email?.toLowerCase() ?? '',
        name: profile.name ?? null,
      }),
    },
  ]
}

type UserinfoRequest = Exclude<OAuthConfig<Profile>['userinfo'], string | undefined>['request']
type ProviderClient = Parameters<NonNullable<UserinfoRequest>>[0]['client']
type IssuedTokens = Parameters<ProviderClient['userinfo']>[0] & { claims(): Profile }

/**
 * What the provider says about the person: many put it into the ID token, by the standard (OpenID Connect Core,
 * 5.4) it is found at the userinfo endpoint, whose `sub` the client compares with the ID token's.
 */
async function profileOf(client: ProviderClient, tokens: IssuedTokens): Promise<Profile> {
  const claims = tokens.claims()
  return claims.email || !client.issuer.metadata.userinfo_endpoint ? claims : client.userinfo<Profile>(tokens)
}

/** The standard adapter, but the sessions table only ever sees hashes of session tokens. */
function hashingAdapter(from: RequestSource): Required<Adapter> {
  // The adapter is typed for the next major version of next-auth; the calls are the same.
  const standard = DrizzleAdapter(db(), {
    usersTable: users as never,
    accountsTable: accounts as never,
    sessionsTable: sessions as never,
  }) as Required<Adapter>
  return {
    ...standard,
    createUser: () => Promise.reject(new Error('accounts are made by invitation, not by signing in')),
    // Without the provider's tokens: nothing here needs them, so no dump can hold them.
    linkAccount: ({ userId, type, provider, providerAccountId }: AdapterAccount) =>
      standard.linkAccount({ userId, type, provider, providerAccountId }) as Promise<void>,
    async createSession({ sessionToken, userId, expires }) {
      await db().transaction(async (tx) => {
        const [user] = await tx.select().from(users).where(eq(users.id, userId))
        if (!user) throw new Error('a session needs a user')
        const sessionHash = hashSessionToken(sessionToken)
        await tx.insert(sessions).values({ sessionToken: sessionHash, userId, expires })
        await recordEntries(
          tx,
          await signInEntries(tx, user, { ...from, sessionHash }, 'single sign-on'),
          new Date(),
        )
      })
      return { sessionToken, userId, expires }
    },
    async getSessionAndUser(sessionToken) {
      const found = await standard.getSessionAndUser(hashSessionToken(sessionToken))
      return found && { ...found, session: { ...found.session, sessionToken } }
    },
    async updateSession(session) {
      const updated = await standard.updateSession({
        ...session,
        sessionToken: hashSessionToken(session.sessionToken),
      })
      return updated && { ...updated, sessionToken: session.sessionToken }
    },
    deleteSession: (sessionToken) => standard.deleteSession(hashSessionToken(sessionToken)),
  }
}

/** The provider's own words, where next-auth passes them on; never the request or its tokens. */
function causeOf(metadata: unknown): string | undefined {
  const error = metadata instanceof Error ? metadata : (metadata as { error?: unknown } | undefined)?.error
  return error instanceof Error ? error.message : undefined
}
