import type { ReactNode } from 'react'
import { Frame } from '../frame'

export default function SupportLayout({ children }: { children: ReactNode }) {
  return <Frame>{children}</Frame>
}
