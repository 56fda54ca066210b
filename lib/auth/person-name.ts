import { type SQL, sql } from 'drizzle-orm'
import type { users } from '@/db/schema'

type Person = Pick<typeof users, 'name' | 'email'>

/** What a person is called on screen, as a column: the name, or the address of who has none. */
export function personName({ name, email }: Person): SQL<string> {
  return sql`coalesce(${name}, ${email})`
}

/** The same of somebody who may not be, as in a left join. */
export function personNameOrNull(person: Person): SQL<string | null> {
  return personName(person)
}
