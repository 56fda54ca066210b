import { keyName } from '@/lib/organization-keys/lifecycle'

/** A person, or the key by which a program did it: a service key or a generation of the organization's. */
export type Maker = { person: string | null; program: string | null; generation: number | null }

/** What whoever made something is called; null for nobody that is known. */
export function makerName({ person, program, generation }: Maker): string | null {
  return person ?? program ?? (generation === null ? null : keyName(generation))
}
