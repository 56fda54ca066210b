import { Message } from '@/components/ui/message'

export function NotForYou({ organizationName }: { organizationName: string | null }) {
  return (
    <div className="mt-6">
      {organizationName ? (
        <Message level="h2" title={`${organizationName}'s service keys are not shown to your role`}>
          <p>
            Its admins and developers manage them, and its auditors see them. If one of your programs needs a
            key, ask one of them.
          </p>
        </Message>
      ) : (
        <Message level="h2" title="You do not belong to an organization">
          <p>An organization&apos;s service keys are shown to its own admins, developers and auditors.</p>
        </Message>
      )}
    </div>
  )
}
