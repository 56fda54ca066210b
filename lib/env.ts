import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { AddressRanges, parseRange } from '@/lib/network/address-ranges'

/** A configuration that Keyturn refuses to run with; the message names every variable at fault. */
export class EnvError extends Error {
  override name = 'EnvError'
}

const url = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) address', abort: true })
  .refine((text) => new URL(text).href === `${new URL(text).origin}/`, 'must be an address without a path')
  .transform((text) => new URL(text).origin)

const port = z.coerce
  .number('must be a port')
  .int('must be a port')
  .min(1, 'must be a port')
  .max(65_535, 'must be a port')

const trustedProxies = z.string().transform((text, context) => {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  const ranges = entries.map((entry) => parseRange(entry))
  const wrong = entries.find((_, index) => ranges[index] === null)
  if (wrong !== undefined) {
    context.addIssue({
      code: 'custom',
      message: `"${wrong}" is not an address or a range such as 10.0.0.0/8`,
    })
    return z.NEVER
  }
  return new AddressRanges(ranges.filter((range) => range !== null))
})

const masterKeys = z.string().transform((text, context) => {
  const keys = text.split(',').map((part) => {
    const [, id = '', encoded = ''] = /^([a-z0-9-]{1,32}):([a-z0-9+/]{43}=)$/i.exec(part.trim()) ?? []
    return { id, bytes: Buffer.from(encoded, 'base64') }
  })
  if (keys.some((key) => !key.id) || new Set(keys.map((key) => key.id)).size < keys.length) {
    context.addIssue({
      code: 'custom',
      message:
        'must be "<id>:<base64 of 32 bytes>", several with ids of their own separated by commas, the first one seals',
    })
    return z.NEVER
  }
  return keys
})

const schema = z
  .object({
    NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
    DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgres:// address'),
    CONSOLE_URL: url,
    API_URL: url,
    /** Where the console itself reaches the API, when that differs from the public address. */
    API_INTERNAL_URL: url.optional(),
    NEXTAUTH_SECRET: z.string().min(32, 'must have 32 characters or more'),
    MASTER_KEY: masterKeys,
    EMAIL_FROM: z.string().min(3),
    RESEND_API_KEY: z.string().optional(),
    RESEND_BASE_URL: url.optional(),
    SMTP_URL: z
      .string()
      .regex(/^smtps?:\/\//, 'must be an smtp:// or smtps:// address')
      .optional(),
    OIDC_ISSUER: z.url().optional(),
    OIDC_CLIENT_ID: z.string().optional(),
    OIDC_CLIENT_SECRET: z.string().optional(),
    OIDC_NAME: z.string().default('single sign-on'),
    HOST: z.string().default('0.0.0.0'),
    PORT: port.default(3000),
    API_PORT: port.default(3001),
    /** Addresses or ranges, separated by commas, whose forwarding headers are believed. */
    TRUSTED_PROXIES: trustedProxies.prefault(''),
    STALE_OK_S: z.coerce.number().positive().default(60),
    /** Whether a row is kept of every call of the API, which Requests shows. */
    REQUEST_LOG: z.enum(['on', 'off']).default('on'),
    REQUEST_RETENTION_DAYS: z.coerce
      .number('must be a number of days, 1 or more')
      .int('must be whole days')
      .min(1, 'must be 1 or more')
      .max(36_500, 'must be 36500 or less')
      .default(30),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    KEYTURN_DEMO: z
      .string()
      .optional()
      .transform((v) => v === '1'),
  })
  .superRefine((env, context) => {
    const need = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: [name], message })
    if (!env.RESEND_API_KEY && !env.SMTP_URL)
      need('RESEND_API_KEY', 'or SMTP_URL is required: sign-in codes go by mail')
    const singleSignOn = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const
    const given = singleSignOn.filter((name) => env[name])
    for (const name of singleSignOn)
      if (given.length > 0 && !env[name]) need(name, `is required beside ${given.join(' and ')}`)
  })

export type Env = z.infer<typeof schema>

/**
 * Reads the configuration from `source`. Every variable may also come as `NAME_FILE`, the path of a file that
 * holds the value, as container platforms mount secrets.
 * @throws EnvError naming each variable that is missing or malformed
 */
export function loadEnv(source: Record<string, string | undefined>): Env {
  // A variable that is set to nothing is not set.
  const values = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  for (const name of Object.keys(schema.shape)) {
    if (source[`${name}_FILE`]) values[name] = configuredValue(source, name)
  }
  const parsed = schema.safeParse(values)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map((issue) => {
    const name = issue.path.join('.')
    return `  ${name} ${values[name] === undefined && issue.code !== 'custom' ? 'is required' : issue.message}`
  })
  throw new EnvError(`Keyturn cannot start with this configuration:\n${lines.join('\n')}`)
}

/**
 * One variable: what its file holds where `NAME_FILE` names one, else its own value.
 * @throws EnvError where the file cannot be read
 */
export function configuredValue(
  source: Record<string, string | undefined>,
  name: string,
): string | undefined {
  const file = source[`${name}_FILE`]
  if (!file) return source[name]
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    throw new EnvError(
      `Keyturn cannot start with this configuration:\n  ${name}_FILE names a file that cannot be read`,
    )
  }
}

let loaded: Env | undefined

/** The process's configuration, parsed at first use. */
export function env(): Env {
  if (!loaded) {
    loaded = loadEnv(process.env)
    // next-auth takes its own address from here and from nowhere else.
    process.env.NEXTAUTH_URL = loaded.CONSOLE_URL
  }
  return loaded
}
