/** How many bytes of a file are looked at. */
export const signatureBytes = 64

type Signature = (file: Buffer) => boolean

const starts =
  (...beginnings: (string | number[])[]): Signature =>
  (file) =>
    beginnings.some((beginning) => has(file, 0, Buffer.from(beginning as string)))
const riff =
  (form: string): Signature =>
  (file) =>
    has(file, 0, Buffer.from('RIFF')) && has(file, 8, Buffer.from(form))
// ISO base media files name their brand after `ftyp` (ISO/IEC 14496-12, 4.3).
const brand =
  (pattern: RegExp): Signature =>
  (file) =>
    has(file, 4, Buffer.from('ftyp')) && pattern.test(file.toString('latin1', 8, 12))

const mp4 = /^(isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV|dash)$/
const signatures = {
  'image/png': starts([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  'image/jpeg': starts([0xff, 0xd8, 0xff]),
  'image/gif': starts('GIF87a', 'GIF89a'),
  'image/webp': riff('WEBP'),
  'application/pdf': starts('%PDF-'),
  'video/mp4': brand(mp4),
  'video/3gpp': brand(/^3gp/),
  'video/webm': (file) =>
    has(file, 0, Buffer.from([0x1a, 0x45, 0xdf, 0xa3])) && file.includes('\x42\x82\x84webm', 4, 'latin1'),
  'audio/mpeg': (file) => has(file, 0, Buffer.from('ID3')) || isMpegAudioFrame(file),
  'audio/mp4': (file) => brand(/^M4[AB] $/)(file) || brand(mp4)(file),
  'audio/ogg': starts('OggS'),
  'audio/wav': riff('WAVE'),
} satisfies Record<string, Signature>

export type ContentType = keyof typeof signatures

/**
 * What may be uploaded, each known by how its files begin. A closed list with signatures of its own: a library that
 * knows 150 formats would parse hostile bytes in the process that every call of a platform waits for. HTML and SVG
 * stay out, because they can carry scripts.
 */
export const contentTypes = Object.keys(signatures) as readonly ContentType[]

/** The type on the list that a text names; upper and lower case are the same (RFC 9110, 8.3.1). */
export function contentTypeOf(text: string): ContentType | null {
  const name = text.toLowerCase()
  return contentTypes.find((each) => each === name) ?? null
}

/** Types of the list that a file beginning with these bytes may be of. */
export function looksLike(beginning: Buffer): ContentType[] {
  const file = beginning.subarray(0, signatureBytes)
  return contentTypes.filter((type) => signatures[type](file))
}

// Eleven bits of synchronization, a version and a layer that exist, and a bit rate that does (ISO/IEC 11172-3, 2.4.2.3).
function isMpegAudioFrame(file: Buffer): boolean {
  const [first = 0, second = 0, third = 0xf0] = file
  const isSynchronized = first === 0xff && (second & 0xe0) === 0xe0
  return isSynchronized && (second & 0x18) !== 0x08 && (second & 0x06) === 0x02 && third >> 4 !== 0x0f
}

function has(file: Buffer, at: number, expected: Buffer): boolean {
  return file.subarray(at, at + expected.length).equals(expected)
}
