import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { requestSource } from '@/lib/auth/current'
import { authOptions } from '@/lib/auth/options'
import { env } from '@/lib/env'
import { logger } from '@/lib/log'

type Context = { params: Promise<{ nextauth: string[] }> }

/** What single sign-on needs of next-auth; its other routes answer anybody and serve nobody here. */
const open = new Set(['GET csrf', 'POST signin/oidc', 'GET callback/oidc'])

async function handler(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params
  // Where next-auth sends whoever it does not let in; what it adds to the address is nobody's business here.
  if (nextauth.join('/') === 'error')
    return Response.redirect(`${env().CONSOLE_URL}/sign-in?error=single-sign-on`, 303)
  if (!open.has(`${request.method} ${nextauth.join('/')}`)) return new Response(null, { status: 404 })
  try {
    return await NextAuth(request as never, context as never, authOptions(await requestSource()))
  } catch (error) {
    logger().warn({ cause: String(error) }, 'single sign-on: malformed request')
    return new Response(null, { status: 400 })
  }
}

export { handler as GET, handler as POST }
