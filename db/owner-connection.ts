import { configuredValue } from '@/lib/env'

type Source = Record<string, string | undefined>

/**
 * The connection with which the schema is changed, and the role that the product runs as where that is another one.
 * Both variables may come as the path of a file, as all of the configuration may (lib/env.ts).
 */
export function ownerConnection(source: Source): { ownerUrl: string; appRole: string | undefined } {
  const productUrl = configuredValue(source, 'DATABASE_URL')
  const ownerUrl = configuredValue(source, 'MIGRATE_DATABASE_URL') || productUrl
  if (!ownerUrl) throw new Error('MIGRATE_DATABASE_URL or DATABASE_URL is required')
  const role = productUrl && new URL(productUrl).username
  return { ownerUrl, appRole: role && role !== new URL(ownerUrl).username ? role : undefined }
}
