import { Message } from '@/components/ui/message'

export function NotForYou({ organizationName }: { organizationName: string | null }) {
  return (
    <div className="mt-6">
      {organizationName ? (
        <Message level="h2" title={`${organizationName}'s requests are not shown to your role`}>
          <p>
            Its admins, developers and auditors see them. If you need to find a call, ask one of them, or ask
            an admin for another role.
          </p>
        </Message>
      ) : (
        <Message level="h2" title="You do not belong to an organization">
          <p>An organization&apos;s requests are shown to its own admins, developers and auditors.</p>
        </Message>
      )}
    </div>
  )
}
