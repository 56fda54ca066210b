import { base64Length } from './limit'

/**
 * Sizes in words. One convention everywhere, on screen, in mails and in the API's answers: KiB and MiB are 1,024 and
 * 1,048,576 (IEC 80000-13), and beside them stands the exact number, because it is the one that is counted.
 */
export const sizeUnits = { MiB: 1_048_576, KiB: 1_024, bytes: 1 } as const
export type SizeUnit = keyof typeof sizeUnits

/** "5 MiB", "6.7 MiB", "512 KiB", "1 byte": to one decimal. */
export function sizeText(bytes: number): string {
  if (bytes < sizeUnits.KiB) return `${grouped(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`
  const inKiB = rounded(bytes / sizeUnits.KiB)
  return inKiB < 1_024 ? `${grouped(inKiB)} KiB` : `${grouped(rounded(bytes / sizeUnits.MiB))} MiB`
}

/** "5 MiB (5,242,880 bytes)"; the number alone where it is readable enough. */
export function exactSizeText(bytes: number): string {
  return bytes < sizeUnits.KiB ? sizeText(bytes) : `${sizeText(bytes)} (${grouped(bytes)} bytes)`
}

/** What so many bytes become in a JSON body: "6.7 MiB as Base64 (6,990,508 characters)". */
export function base64SizeText(bytes: number): string {
  const characters = base64Length(bytes)
  return characters < sizeUnits.KiB
    ? `${characters} characters as Base64`
    : `${sizeText(characters)} as Base64 (${grouped(characters)} characters)`
}

/** Whole bytes of an amount as it was typed, such as "7.5" MiB; null for what is no plain number, and for parts of a byte. */
export function bytesOfSize(amount: string, unit: SizeUnit): number | null {
  if (!/^\d{1,9}(\.\d{1,6})?$/.test(amount.trim())) return null
  const bytes = Number(amount) * sizeUnits[unit]
  return unit === 'bytes' && !Number.isInteger(bytes) ? null : Math.round(bytes)
}

export function grouped(number: number): string {
  return number.toLocaleString('en-US')
}

const rounded = (number: number) => Math.round(number * 10) / 10
