import pino from 'pino'
import { env } from './env'

let root: pino.Logger | undefined

/** The process's structured log. Whatever is handed to it, credentials and codes are left out. */
export function logger(): pino.Logger {
  root ??= pino({
    level: env().LOG_LEVEL,
    redact: {
      paths: [
        'authorization',
        'cookie',
        'code',
        'secret',
        'token',
        'headers.authorization',
        'headers.cookie',
        'headers["x-api-key"]',
      ],
      censor: '[redacted]',
    },
  })
  return root
}
