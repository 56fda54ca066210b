import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { requestSource } from '@/lib/auth/current'
import { authOptions } from '@/lib/auth/options'

type Context = { params: Promise<{ nextauth: string[] }> }

const handler = async (request: NextRequest, context: Context) =>
  NextAuth(request as never, context as never, authOptions(await requestSource()))

export { handler as GET, handler as POST }
