import pino, { type Logger } from 'pino'

/** The API's structured log; every line goes to `output` whole. Whatever is handed to it, credentials are left out. */
export function apiLogger(level: string, output: { write(line: string): void }): Logger {
  return pino(
    {
      level,
      base: { service: 'api' },
      redact: {
        paths: [
          'headers.authorization',
          'headers["x-api-key"]',
          'headers.cookie',
          'authorization',
          'token',
          'secret',
        ],
        censor: '[redacted]',
      },
    },
    output,
  )
}
