const samplesPerSecond = 8_000
const notes = [523.25, 659.25, 783.99, 659.25, 587.33, 698.46, 880, 698.46]
const secondsOfNote = 0.5

/** A short melody as a WAV file: eight-bit mono samples. */
export function melody(rounds: number): Buffer {
  const samplesOfNote = samplesPerSecond * secondsOfNote
  const samples = Buffer.alloc(rounds * notes.length * samplesOfNote)
  for (let i = 0; i < samples.length; i++) {
    const note = notes[Math.floor(i / samplesOfNote) % notes.length] ?? 0
    const fading = 1 - (i % samplesOfNote) / samplesOfNote
    samples[i] = 128 + Math.round(90 * fading * Math.sin((2 * Math.PI * note * i) / samplesPerSecond))
  }
  return Buffer.concat([header(samples.length), samples])
}

function header(bytes: number): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + bytes, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(samplesPerSecond, 24)
  head.writeUInt32LE(samplesPerSecond, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(bytes, 40)
  return head
}
