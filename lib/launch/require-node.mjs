// Imported first by every entry, so that an old Node says what it needs instead of failing somewhere inside.
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 20 || (major === 20 && minor < 9)) {
  console.error(`Keyturn needs Node.js 20.9 or newer; this is ${process.version}. See https://nodejs.org/`)
  process.exit(1)
}
if (process.platform === 'win32') {
  console.error('Keyturn runs on Linux and macOS. On Windows, use the Linux subsystem (WSL 2).')
  process.exit(1)
}
