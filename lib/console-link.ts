/** The pages that a link from outside may lead to. */
const pages = ['/settings/api', '/settings/service-keys', '/settings/members', '/notifications', '/requests']
/** What RFC 3986 lets a query and a fragment be made of. */
const characters = String.raw`[\w.~!$&'()*+,;=:@/?%-]*`
const pagePattern = new RegExp(`^(?:${pages.join('|')})(?:\\?${characters})?(?:#${characters})?$`)
const longestPath = 2_000
const organizationIdPattern = /^\w{1,64}$/

/**
 * The page of our own console that an address names, with its query and its fragment; for everything else the start
 * page. Whatever may come from a stranger goes through here before a browser is sent there. Pure.
 */
export function pagePath(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > longestPath) return '/'
  return pagePattern.test(wanted) ? wanted : '/'
}

/** Where a link about one organization leads: that page, once this organization is the one shown. Pure. */
export function openPath(organizationId: unknown, wanted: unknown): string {
  return isOrganizationId(organizationId)
    ? `/open/${organizationId}${queryOf({ to: pagePath(wanted) })}`
    : '/'
}

/** The sign-in page from which one comes to `openPath` afterwards. Pure. */
export function signInPath(organizationId: unknown, wanted: unknown): string {
  if (!isOrganizationId(organizationId)) return '/sign-in'
  return `/sign-in${queryOf({ organization: organizationId, to: pagePath(wanted) })}`
}

/** That same path where an address of this console is one, relative or whole, and else the start page. Pure. */
export function openPathAgain(address: string, consoleUrl: string): string {
  const url = URL.canParse(address, consoleUrl) ? new URL(address, consoleUrl) : null
  const [, organizationId] = /^\/open\/(\w+)$/.exec(url?.pathname ?? '') ?? []
  return url?.origin === consoleUrl ? openPath(organizationId, url.searchParams.get('to')) : '/'
}

function isOrganizationId(given: unknown): given is string {
  return typeof given === 'string' && organizationIdPattern.test(given)
}

/** With its slashes as they are, so that people can read in a mail where a link leads. */
function queryOf(parameters: Record<string, string>): string {
  const named = Object.entries(parameters).filter(([, value]) => value !== '/')
  return named.length === 0 ? '' : `?${new URLSearchParams(named)}`.replaceAll('%2F', '/')
}
