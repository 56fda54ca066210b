/** The command line of npm. The one that called us knows its own settings; another may be first in the path. */
export function npm(...args) {
  const own = process.env.npm_execpath
  return own?.endsWith('npm-cli.js') ? [process.execPath, own, ...args] : ['npm', ...args]
}
