import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '@/lib/verify/testing/until'
import { freePort } from './processes'

export type Gateway = { url: string; output(): string; stop(): Promise<void> }
type Ports = { gateway: number; api: number; platform: number }
type Kind = {
  binary: string
  files: Record<string, (ports: Ports, directory: string) => Promise<string>>
  args: (directory: string) => string[]
}

/** A recipe of docs/gateways with the addresses of this test, and otherwise as it is. */
async function recipe(name: string, ports: Ports): Promise<string> {
  const text = await readFile(new URL(`../../../docs/gateways/${name}`, import.meta.url), 'utf8')
  return text
    .replaceAll('127.0.0.1:3001', `127.0.0.1:${ports.api}`)
    .replaceAll('127.0.0.1:9000', `127.0.0.1:${ports.platform}`)
    .replaceAll('8080', String(ports.gateway))
}

const kinds: Record<string, Kind> = {
  nginx: {
    binary: '/usr/sbin/nginx',
    files: {
      'nginx.conf': async (ports, directory) =>
        `daemon off; pid ${directory}/pid; error_log stderr; ${process.getuid?.() === 0 ? 'user root;' : ''}
        events {} http { access_log off;
        ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${directory}/${kind};`).join('\n')}
        ${await recipe('nginx.conf', ports)} }`,
    },
    args: (directory) => ['-p', directory, '-e', 'stderr', '-c', join(directory, 'nginx.conf')],
  },
  caddy: {
    binary: '/usr/bin/caddy',
    files: {
      Caddyfile: async (ports) => `{\n\tadmin off\n\tauto_https off\n}\n${await recipe('Caddyfile', ports)}`,
    },
    args: (directory) => ['run', '--adapter', 'caddyfile', '--config', join(directory, 'Caddyfile')],
  },
  haproxy: {
    binary: '/usr/sbin/haproxy',
    files: {
      'keyturn.lua': (ports) => recipe('keyturn.lua', ports),
      'haproxy.cfg': async (ports, directory) =>
        (await recipe('haproxy.cfg', ports)).replace('/etc/haproxy', directory),
    },
    args: (directory) => ['-db', '-f', join(directory, 'haproxy.cfg')],
  },
}

export type GatewayName = 'nginx' | 'caddy' | 'haproxy'

export function isInstalled(name: GatewayName): boolean {
  return existsSync(kinds[name]?.binary ?? '')
}

/** Starts the installed gateway with its recipe, in front of a platform on `platform`. */
export async function startGateway(name: GatewayName, target: Omit<Ports, 'gateway'>): Promise<Gateway> {
  const kind = kinds[name]
  if (!kind) throw new Error(`no recipe for ${name}`)
  const ports = { ...target, gateway: await freePort() }
  const directory = await mkdtemp(join(tmpdir(), `keyturn-${name}-`))
  await chmod(directory, 0o755)
  for (const [file, text] of Object.entries(kind.files)) {
    await writeFile(join(directory, file), await text(ports, directory))
  }
  const child: ChildProcess = spawn(kind.binary, kind.args(directory), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      NODE_ENV: 'test',
      PATH: '/usr/bin:/bin',
      HOME: directory,
      XDG_DATA_HOME: directory,
      XDG_CONFIG_HOME: directory,
    },
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      text += chunk
    })
  }
  const url = `http://127.0.0.1:${ports.gateway}`
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`${name} ended: ${text}`)
    return fetch(url).then(
      () => true,
      () => false,
    )
  })
  return {
    url,
    output: () => text,
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
      await rm(directory, { recursive: true, force: true })
    },
  }
}
