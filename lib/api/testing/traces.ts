/** Every spelling under which a text could lie in a dump; what may be shown of a key is not among them. */
export function spellingsOf(keyText: string): string[] {
  const hidden = Buffer.from(keyText.slice('kt_svc_'.length + 4, -4))
  // In Base64 a text has three spellings, by where it begins; its ends depend on its neighbours.
  const base64 = [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), hidden, Buffer.alloc(3)]).toString('base64')
    const inside = encoded.slice(4, 4 * Math.floor((before + hidden.length) / 3) - 4)
    return [inside, inside.replaceAll('+', '-').replaceAll('/', '_')]
  })
  return [hidden.toString(), hidden.toString('hex'), hidden.toString('hex').toUpperCase(), ...base64]
}

/** Which of the keys a text holds, wholly or all of what is hidden of them. */
export function heldBy(text: string, keyTexts: readonly string[]): string[] {
  return keyTexts.filter((keyText) => spellingsOf(keyText).some((spelling) => text.includes(spelling)))
}
