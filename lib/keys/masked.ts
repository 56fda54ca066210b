/** A key as screens, mails and the audit log name it: its beginning and its last four characters. */
export function maskedKey(key: { maskedPrefix: string; last4: string }): string {
  return `${key.maskedPrefix}…${key.last4}`
}
