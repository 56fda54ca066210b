import { join } from 'node:path'
import { mailboxServer } from './server'
import { MailStore } from './store'

const { DATA_DIR, MAILBOX_PORT } = process.env
const store = new MailStore(DATA_DIR && join(DATA_DIR, 'mailbox.jsonl'))
const server = mailboxServer(store).listen(Number(MAILBOX_PORT), '127.0.0.1')

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    server.close(() => process.exit(0))
    server.closeAllConnections()
  })
}
