import { CircleCheck, CircleX } from 'lucide-react'
import { base64SizeText, exactSizeText } from '@/lib/media/sizes'
import { type Candidate, verdictOf } from './verdict'

type Props = { file: Candidate; limitBytes: number; contentTypes: readonly string[] }

export function TestedFile({ file, limitBytes, contentTypes }: Props) {
  const { passes, words } = verdictOf(file, limitBytes, contentTypes)
  const Icon = passes ? CircleCheck : CircleX
  return (
    <li className="flex items-start gap-2.5 rounded-lg border border-line px-3.5 py-2.5">
      <Icon aria-hidden className={`mt-1 size-4 shrink-0 ${passes ? 'text-good' : 'text-bad'}`} />
      <div className="min-w-0">
        <p className="font-medium break-all">{file.name}</p>
        <p className={passes ? 'text-good' : 'text-bad'}>{words}</p>
        {!file.isFolder && (
          <p className="text-muted">
            {exactSizeText(file.size)}; {base64SizeText(file.size)}
          </p>
        )}
      </div>
    </li>
  )
}
