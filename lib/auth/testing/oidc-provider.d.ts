/** The part of the package that openid-provider.ts uses; it comes without types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  type Context = { oidc: { client: { clientId: string }; session: { accountId: string } } }
  type Account = { accountId: string; claims(): Record<string, unknown> }

  export default class Provider {
    constructor(
      issuer: string,
      settings: {
        findAccount(context: Context, id: string): Account
        loadExistingGrant(context: Context): Promise<unknown>
        [setting: string]: unknown
      },
    )
    callback(): (request: IncomingMessage, response: ServerResponse) => void
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: { login: { accountId: string } },
    ): Promise<void>
    Grant: new (facts: {
      clientId: string
      accountId: string
    }) => {
      addOIDCScope(scope: string): void
      save(): Promise<string>
    }
  }
}
