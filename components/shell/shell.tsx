import type { LucideIcon } from 'lucide-react'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { Toasts } from '@/components/ui/toast'
import type { Unread } from '@/lib/notices/inbox/count-unread'
import { AccountMenu } from './account-menu'
import { Bell } from './bell'
import { NavigationLink } from './navigation-link'
import { OrganizationSwitcher } from './organization-switcher'
import { Queries } from './queries'

/** A titled group of places that this person may go to. */
export type NavigationGroup = {
  title: string
  links: readonly { href: Route; name: string; icon: LucideIcon }[]
}

type Props = {
  navigation: readonly NavigationGroup[]
  person: { name: string; email: string }
  organizations: { id: string; name: string }[]
  shownId: string | null
  /** Null for who gets no notifications. */
  unread: Unread | null
  isDemo: boolean
  signOut: (input: Record<string, never>) => Promise<unknown>
  switchOrganization: (input: { organizationId: string }) => Promise<unknown>
  children: ReactNode
}

/** The frame of the console: where you are, for which organization, as whom. */
export function Shell({
  navigation,
  person,
  organizations,
  shownId,
  unread,
  isDemo,
  signOut,
  switchOrganization,
  children,
}: Props) {
  return (
    <Queries>
      <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_1fr]">
        <a
          href="#content"
          className="sr-only z-30 rounded-lg bg-surface px-3 py-2 font-medium shadow-lg focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:px-4 focus:py-2"
        >
          Skip to content
        </a>
        <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-surface px-4 py-3 lg:sticky lg:top-0 lg:h-dvh lg:flex-col lg:flex-nowrap lg:items-stretch lg:border-r lg:border-b-0 lg:px-3 lg:py-5">
          <div className="lg:px-2">
            <p className="text-base font-semibold tracking-tight">Keyturn</p>
            {isDemo && <p className="hidden text-xs text-muted lg:block">Demo on this machine only</p>}
          </div>
          {shownId && unread && (
            <div className="order-1 lg:absolute lg:top-4 lg:right-5 lg:order-none">
              <Bell key={shownId} organizationId={shownId} initial={unread} />
            </div>
          )}
          <div className="ml-auto min-w-0 lg:mt-4 lg:mb-4 lg:ml-0 lg:px-2">
            {organizations.length > 0 && (
              <OrganizationSwitcher
                organizations={organizations}
                shownId={shownId}
                switchTo={switchOrganization}
              />
            )}
          </div>
          <nav
            aria-label="Main"
            className="order-last flex w-full gap-1 overflow-x-auto lg:order-none lg:grow lg:flex-col lg:gap-5"
          >
            {navigation.map(({ title, links }) => (
              <div key={title}>
                <p className="mb-1 hidden px-2 text-xs font-medium text-muted lg:block">{title}</p>
                <ul className="flex gap-1 lg:flex-col lg:gap-0.5">
                  {links.map(({ href, name, icon: Icon }) => (
                    <li key={href}>
                      <NavigationLink href={href} icon={<Icon aria-hidden className="size-4" />}>
                        {name}
                      </NavigationLink>
                    </li>
                  ))}
                </ul>
              </div>
            ))}
          </nav>
          <AccountMenu person={person} signOut={signOut} />
        </header>
        <main
          id="content"
          tabIndex={-1}
          className="outline-none mx-auto w-full max-w-6xl px-4 py-6 sm:px-8 sm:py-10"
        >
          {children}
        </main>
        <Toasts />
      </div>
    </Queries>
  )
}
