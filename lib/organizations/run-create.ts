import { parseArgs } from 'node:util'
import { z } from 'zod'
import { runCommand } from '@/lib/run-command'
import { createOrganization, createOrganizationInput } from './create'

/** `npm run organization -- <name> <admin's email> [admin's name]`: how an installation gets its first admin. */
async function run(): Promise<string> {
  const [name, adminEmail, adminName] = parseArgs({ allowPositionals: true }).positionals
  const input = createOrganizationInput.safeParse({ name, adminEmail, adminName })
  if (!input.success) {
    throw new Error(
      `Usage: npm run organization -- <name> <admin's email> [admin's name]\n${z.prettifyError(input.error)}`,
    )
  }
  const outcome = await createOrganization(input.data)
  if (!outcome.ok) throw new Error(`There is an organization "${input.data.name}" already.`)
  return `${input.data.name} is there; ${input.data.adminEmail} can sign in as its admin.`
}

runCommand(run)
