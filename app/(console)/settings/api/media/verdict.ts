import { exactSizeText } from '@/lib/media/sizes'

/** A file as a browser tells of it before it is read; `type` is empty where the browser cannot tell. */
export type Candidate = { name: string; size: number; type: string; isFolder: boolean }

export type Verdict = { passes: boolean; words: string }

/** What some systems call types that the API knows under their registered names. */
const otherNames: Record<string, string> = {
  'audio/mp3': 'audio/mpeg',
  'audio/x-m4a': 'audio/mp4',
  'audio/wave': 'audio/wav',
  'audio/x-wav': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
  'image/jpg': 'image/jpeg',
}

/** What the API would say to an upload of this file, as far as its size and its type decide. */
export function verdictOf(file: Candidate, limitBytes: number, contentTypes: readonly string[]): Verdict {
  const fails = (words: string) => ({ passes: false, words })
  if (file.isFolder) return fails('A folder. Drop the files that are in it.')
  if (file.size === 0) return fails('Empty. The API takes no file without content.')
  if (file.size > limitBytes) return fails(`Too large by ${exactSizeText(file.size - limitBytes)}.`)
  const named = file.type.toLowerCase()
  const type = otherNames[named] ?? named
  if (type === '') return { passes: true, words: 'Passes by its size. Your browser cannot tell its type.' }
  if (!contentTypes.includes(type))
    return fails(`Small enough, but the API takes no files of type ${file.type}.`)
  return { passes: true, words: 'Passes.' }
}
