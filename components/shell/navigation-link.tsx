'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

export function NavigationLink({
  href,
  icon,
  children,
}: {
  href: Route
  icon: ReactNode
  children: ReactNode
}) {
  const isHere = usePathname().startsWith(href)
  return (
    <Link
      href={href}
      aria-current={isHere ? 'page' : undefined}
      className="flex min-h-9 items-center gap-2.5 rounded-lg px-2 font-medium whitespace-nowrap text-muted hover:bg-raised hover:text-ink aria-[current]:bg-raised aria-[current]:text-ink"
    >
      {icon}
      {children}
    </Link>
  )
}
