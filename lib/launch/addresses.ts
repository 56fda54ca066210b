import { portFrom } from './ports'

/** Where the parts of one installation listen. */
export type Addresses = {
  ports: { PORT: number; API_PORT: number; MAILBOX_PORT: number }
  console: string
  api: string
  mailbox: string
}

export function addressesFrom(source: NodeJS.ProcessEnv): Addresses {
  const ports = {
    PORT: portFrom(source, 'PORT', 3000),
    API_PORT: portFrom(source, 'API_PORT', 3001),
    MAILBOX_PORT: portFrom(source, 'MAILBOX_PORT', 3002),
  }
  return {
    ports,
    console: `http://localhost:${ports.PORT}`,
    api: `http://localhost:${ports.API_PORT}`,
    mailbox: `http://localhost:${ports.MAILBOX_PORT}`,
  }
}
