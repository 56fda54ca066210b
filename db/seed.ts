import { closeDatabase } from '@/db/client'
import { seed } from '@/db/demo/seed'

await seed()
await closeDatabase()
