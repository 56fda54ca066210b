import postgres from 'postgres'

/** The role that the product runs as; migrations grant it rows, never tables. */
export const appRole = 'keyturn_app'

/** Creates the product's role and database where they are missing, and brings the role's password up to date. */
export async function ensureDatabase(adminUrl: string, database: string, appPassword: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} })
  try {
    const [role] = await sql`select from pg_roles where rolname = ${appRole}`
    if (!role) await sql`create role ${sql(appRole)} login`
    // A utility statement takes no parameters; the password is base64url, which needs no quoting.
    if (!/^[\w-]+$/.test(appPassword)) throw new Error('The database password must be base64url.')
    await sql.unsafe(`alter role ${appRole} password '${appPassword}'`)
    const [present] = await sql`select from pg_database where datname = ${database}`
    if (!present) await sql`create database ${sql(database)}`
  } finally {
    await sql.end()
  }
}
