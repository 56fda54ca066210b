'use server'

import { cookies } from 'next/headers'
import { z } from 'zod'
import { publicAction } from '@/lib/action'
import { deleteCookie } from '@/lib/auth/cookies'
import { currentSession } from '@/lib/auth/current'
import { endSession, showOrganization } from '@/lib/auth/session'
import { done, refuse } from '@/lib/outcome'

export const signOut = publicAction(z.strictObject({}), async () => {
  const session = await currentSession()
  if (session) await endSession(session.sessionHash)
  deleteCookie(await cookies(), 'session')
  return done()
})

export const switchOrganization = publicAction(
  z.strictObject({ organizationId: z.string().max(64) }),
  async ({ organizationId }) => {
    const session = await currentSession()
    if (!session) return refuse('signed-out')
    if (!session.memberships.some((m) => m.organizationId === organizationId)) return refuse('forbidden')
    await showOrganization(session.sessionHash, organizationId)
    return done()
  },
)
