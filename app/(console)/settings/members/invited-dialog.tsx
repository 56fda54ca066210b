import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'

export type Invited = { invited: string[]; members: string[]; waiting: string[]; unsent: string[] }

/** What became of each address, where not all of them were simply invited. */
export function InvitedDialog({ invited, onClose }: { invited: Invited; onClose: () => void }) {
  const sent = invited.invited.filter((each) => !invited.unsent.includes(each))
  return (
    <Dialog title={sent.length > 0 ? 'Not all were invited' : 'Nobody was invited'} onClose={onClose}>
      <div className="space-y-3">
        <Addresses title="Invited" addresses={sent} />
        <Addresses
          title="The mail server did not take the mail. Use Resend in the list of invitations."
          addresses={invited.unsent}
        />
        <Addresses
          title="Invited before, and the invitation is still open. Resend mails it again."
          addresses={invited.waiting}
        />
        <Addresses title="Members already" addresses={invited.members} />
      </div>
      <DialogButtons>
        <Button look="primary" onClick={onClose}>
          Close
        </Button>
      </DialogButtons>
    </Dialog>
  )
}

function Addresses({ title, addresses }: { title: string; addresses: string[] }) {
  if (addresses.length === 0) return null
  return (
    <div>
      <p className="text-muted">{title}</p>
      <ul>
        {addresses.map((each) => (
          <li key={each} className="font-medium [overflow-wrap:anywhere]">
            {each}
          </li>
        ))}
      </ul>
    </div>
  )
}
