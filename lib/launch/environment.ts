import type { Addresses } from './addresses'
import type { Secrets } from './secrets'

/** What the demo's processes are configured with. It listens on loopback only, whatever HOST says. */
export function demoEnvironment(
  source: NodeJS.ProcessEnv,
  addresses: Addresses,
  secrets: Secrets,
  databaseUrl: string,
  dataDir: string,
): NodeJS.ProcessEnv {
  return {
    ...withoutOwner(source),
    PORT: String(addresses.ports.PORT),
    API_PORT: String(addresses.ports.API_PORT),
    MAILBOX_PORT: String(addresses.ports.MAILBOX_PORT),
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    CONSOLE_URL: addresses.console,
    API_URL: addresses.api,
    NEXTAUTH_SECRET: secrets.nextauthSecret,
    MASTER_KEY: secrets.masterKey,
    RESEND_API_KEY: secrets.resendApiKey,
    RESEND_BASE_URL: addresses.mailbox,
    EMAIL_FROM: 'Keyturn <no-reply@keyturn.example>',
    KEYTURN_DEMO: '1',
  }
}

/**
 * The environment without the schema owner's connection, which no process that serves requests may know, and
 * with the framework's telemetry off: nothing of an installation is reported to anybody.
 */
export function withoutOwner(source: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { MIGRATE_DATABASE_URL: _owner, MIGRATE_DATABASE_URL_FILE: _file, ...rest } = source
  return { ...rest, NEXT_TELEMETRY_DISABLED: '1' }
}
