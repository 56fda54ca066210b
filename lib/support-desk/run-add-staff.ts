import { parseArgs } from 'node:util'
import { z } from 'zod'
import { runCommand } from '@/lib/run-command'
import { addStaff, addStaffInput } from './add-staff'

/** `npm run staff -- <email> [name]`: how an installation gets people at its support desk. */
async function run(): Promise<string> {
  const [email, name] = parseArgs({ allowPositionals: true }).positionals
  const input = addStaffInput.safeParse({ email, name })
  if (!input.success)
    throw new Error(`Usage: npm run staff -- <email> [name]\n${z.prettifyError(input.error)}`)
  const outcome = await addStaff(input.data)
  if (!outcome.ok) throw new Error(`${input.data.email} is staff already.`)
  return `${input.data.email} can sign in and open the support desk.`
}

runCommand(run)
