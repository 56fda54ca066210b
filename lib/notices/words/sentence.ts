/** A sentence with moments in it: a screen shows them in the reader's zone, a mail in the organization's. */
export type Sentence = readonly (string | Date)[]

export type NoticeWords = {
  /** One line, without a full stop. */
  title: Sentence
  /** What happened or will happen, and what to do. */
  sentences: readonly Sentence[]
  facts: readonly { label: string; value: Sentence }[]
  /** Where to do it: a path of the console. */
  action: { text: string; path: string }
}
