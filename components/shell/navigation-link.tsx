'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { type ReactNode, useEffect, useRef } from 'react'

const roomBefore = 48

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
  const link = useRef<HTMLAnchorElement>(null)
  // Where there is not room for all, the navigation scrolls sideways: the place where one is has to be seen.
  useEffect(() => {
    const navigation = link.current?.closest('nav')
    if (!isHere || !link.current || !navigation) return
    const { left } = link.current.getBoundingClientRect()
    navigation.scrollLeft += left - navigation.getBoundingClientRect().left - roomBefore
  }, [isHere])
  return (
    <Link
      ref={link}
      href={href}
      aria-current={isHere ? 'page' : undefined}
      className="flex min-h-9 items-center gap-2.5 rounded-lg px-2 font-medium whitespace-nowrap text-muted hover:bg-raised hover:text-ink aria-[current]:bg-raised aria-[current]:text-ink"
    >
      {icon}
      {children}
    </Link>
  )
}
