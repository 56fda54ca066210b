import { randomBytes } from 'node:crypto'

/** A complete configuration for code under test; nothing listens at its addresses unless a test starts it. */
export function setTestEnvironment(databaseUrl: string, more: Record<string, string> = {}): void {
  Object.assign(process.env, {
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    CONSOLE_URL: 'http://localhost:3000',
    API_URL: 'http://localhost:3001',
    NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
    MASTER_KEY: `test:${randomBytes(32).toString('base64')}`,
    EMAIL_FROM: 'Keyturn <no-reply@keyturn.example>',
    RESEND_API_KEY: 're_test',
    LOG_LEVEL: 'silent',
    ...more,
  })
}
