import type { ContentType } from '@/lib/media/content-type'

/** How a real file of each type begins. */
export const beginnings: Record<ContentType, Buffer> = {
  'image/png': Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  'image/jpeg': Buffer.from('ffd8ffe000104a46494600010101', 'hex'),
  'image/gif': Buffer.from('GIF89a\x01\x00\x01\x00', 'latin1'),
  'image/webp': Buffer.from('RIFF\x24\x00\x00\x00WEBPVP8 ', 'latin1'),
  'application/pdf': Buffer.from('%PDF-1.7\n%\xe2\xe3', 'latin1'),
  'video/mp4': Buffer.from('\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41', 'latin1'),
  'video/3gpp': Buffer.from('\x00\x00\x00\x18ftyp3gp4\x00\x00\x00\x00', 'latin1'),
  'video/webm': Buffer.from('1a45dfa3a34286810142f7810142f2810442f381084282847765626d42878104', 'hex'),
  'audio/mpeg': Buffer.from('fffb9064000000', 'hex'),
  'audio/mp4': Buffer.from('\x00\x00\x00\x20ftypM4A \x00\x00\x02\x00', 'latin1'),
  'audio/ogg': Buffer.from('OggS\x00\x02\x00\x00', 'latin1'),
  'audio/wav': Buffer.from('RIFF\x24\x00\x00\x00WAVEfmt ', 'latin1'),
}

/** A file of so many bytes that passes for one of its type. */
export function fileOf(bytes: number, type: ContentType = 'image/png'): Buffer {
  const file = Buffer.alloc(bytes)
  for (let i = 0; i < bytes; i++) file[i] = (i * 31) % 251
  beginnings[type].copy(file)
  return file
}
