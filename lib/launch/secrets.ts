import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const schema = z.object({
  ownerPassword: z.string().min(32),
  appPassword: z.string().min(32),
  nextauthSecret: z.string().min(32),
  masterKey: z.string().regex(/^[a-z0-9-]+:[A-Za-z0-9+/]{43}=$/),
  resendApiKey: z.string().min(1),
})

export type Secrets = z.infer<typeof schema>

/** The embedded demo's secrets, made at the first start and kept in `<dataDir>/secrets.json` for the owner alone. */
export function demoSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json')
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return create(dataDir, file)
    throw new Error(`Cannot read ${file} (${code}). Was it made by another user? Choose another DATA_DIR.`)
  }
  const parsed = schema.safeParse(parse(text))
  if (parsed.success) return parsed.data
  throw new Error(`${file} is damaged. Restore it: without it the data beside it cannot be opened.`)
}

function create(dataDir: string, file: string): Secrets {
  const word = () => randomBytes(24).toString('base64url')
  const secrets = {
    ownerPassword: word(),
    appPassword: word(),
    nextauthSecret: word(),
    masterKey: `demo-1:${randomBytes(32).toString('base64')}`,
    resendApiKey: `re_${word()}`,
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o755 })
  const unfinished = `${file}.unfinished`
  writeFileSync(unfinished, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  renameSync(unfinished, file)
  return secrets
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
