import Link from 'next/link'
import { Moment } from '@/components/ui/moment'
import { ActionCell, Cell, HeadCell, Row } from '@/components/ui/table'
import { accessLevelNames } from '@/lib/keys/access-level'
import type { ServiceKeyView } from '@/lib/service-keys/view'
import { type Act, hasMenu, hasSelection } from '../acts'
import { addressOf } from '../address'
import { AllowedIps } from './allowed-ips'
import { KeyExpiry } from './key-expiry'
import { KeyMenu } from './key-menu'
import { KeyState } from './key-state'
import { LastUsed } from './last-used'
import { SelectKey } from './select-keys'

type Props = { keyShown: ServiceKeyView; now: string; acts: readonly Act[] }

export function KeyRow({ keyShown: key, now, acts }: Props) {
  return (
    <Row id={key.id} className="relative scroll-mt-20 target:bg-accent-soft @4xl:static">
      {hasSelection(acts) && (
        <ActionCell className="!pt-0 @4xl:!pt-2.5 @4xl:!pr-1">
          <SelectKey keyId={key.id} name={key.name} />
        </ActionCell>
      )}
      <HeadCell className="pr-12 @4xl:pr-2">
        <span className="block font-medium [overflow-wrap:anywhere]">{key.name}</span>
        <code className="block font-mono text-xs leading-5 whitespace-nowrap text-muted">{key.masked}</code>
      </HeadCell>
      <Cell label="Service user">
        <Link
          href={addressOf({ serviceUserId: key.serviceUser.id })}
          title="Show the keys of this service user"
          className="[overflow-wrap:anywhere] hover:underline hover:underline-offset-4"
        >
          {key.serviceUser.name}
        </Link>
      </Cell>
      <Cell label="Access level">{accessLevelNames[key.accessLevel]}</Cell>
      <Cell label="Allowed IPs">
        <AllowedIps ranges={key.allowedRanges} />
      </Cell>
      <Cell label="State">
        <KeyState keyShown={key} />
      </Cell>
      <Cell label="Expires">
        <KeyExpiry keyShown={key} now={now} />
      </Cell>
      <Cell label="Last used">
        <LastUsed keyShown={key} />
      </Cell>
      <Cell label="Created">
        <Moment at={key.createdAt} form="date" />
        <span className="block text-muted [overflow-wrap:anywhere]">by {key.createdBy ?? 'somebody'}</span>
      </Cell>
      {hasMenu(acts) && (
        <ActionCell className="absolute top-2 right-2 @4xl:static @4xl:!py-2 @4xl:!pr-3 @4xl:!pl-0">
          <KeyMenu keyId={key.id} />
        </ActionCell>
      )}
    </Row>
  )
}
