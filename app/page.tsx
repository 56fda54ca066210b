import { redirect } from 'next/navigation'

/** Where a person starts. */
export default function Home() {
  redirect('/settings/api')
}
