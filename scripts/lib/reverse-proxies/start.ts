import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../ports.ts'

const text = readFileSync(new URL('../../../docs/forward-auth.md', import.meta.url), 'utf8')

/** A snippet of docs/forward-auth.md with the example's addresses replaced; each must have been in it. */
export const snippet = (language: string, replaced: Record<string, string>): string => {
  let found = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(text)?.[1] ?? ''
  for (const [from, to] of Object.entries(replaced)) {
    if (!found.includes(from)) throw new Error(`The ${language} snippet has no "${from}"`)
    found = found.replaceAll(from, to)
  }
  return found
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

export type ProxyName = 'nginx' | 'caddy'
type Behind = { portal: number; application: number; host: string }

const onPath = (name: ProxyName): boolean =>
  spawnSync(name, [name === 'nginx' ? '-v' : 'version']).status === 0

/** Why a proxy cannot be tried here; null when it can. Printed, so that a skipped test is seen. */
export const missing = (name: ProxyName): string | null => {
  if (onPath(name)) return null
  const why = `${name} is not installed here (Debian: apt-get install ${name === 'nginx' ? 'nginx-light' : name})`
  console.warn(`skipped: ${why}`)
  return why
}

const nginxConfig = (home: string, port: number, to: Behind) => `
worker_processes 1;
pid ${home}/nginx.pid;
error_log ${home}/error.log;
events { worker_connections 256; }
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((one) => `${one}_temp_path ${home}/${one};`).join('\n  ')}
  ${snippet('nginx', {
    'listen 443 ssl;': `listen 127.0.0.1:${port};`,
    '"wiki.example.com"': `"${to.host}:${port}"`,
    'wiki.example.com': to.host,
    'portal:3000': `127.0.0.1:${to.portal}`,
    'wiki:8080': `127.0.0.1:${to.application}`,
  })}
}`

const caddyConfig = (port: number, to: Behind) =>
  `{\n\tadmin off\n\tauto_https off\n}\n${snippet('caddyfile', {
    'wiki.example.com {': `http://${to.host}:${port} {`,
    'portal:3000': `127.0.0.1:${to.portal}`,
    'wiki:8080': `127.0.0.1:${to.application}`,
  })}`

const commands: Record<ProxyName, (home: string, port: number, to: Behind) => string[]> = {
  nginx: (home, port, to) => {
    writeFileSync(join(home, 'nginx.conf'), nginxConfig(home, port, to))
    return [
      'nginx',
      '-p',
      home,
      '-c',
      join(home, 'nginx.conf'),
      '-e',
      join(home, 'error.log'),
      '-g',
      'daemon off;',
    ]
  },
  caddy: (home, port, to) => {
    writeFileSync(join(home, 'Caddyfile'), caddyConfig(port, to))
    return ['caddy', 'run', '--adapter', 'caddyfile', '--config', join(home, 'Caddyfile')]
  },
}

/** A real proxy with the snippet of the document, on a free port. */
export const startProxy = async (name: ProxyName, behind: Behind) => {
  const home = mkdtempSync(join(tmpdir(), `countersign-${name}-`))
  mkdirSync(join(home, 'caddy'))
  const port = await freePort()
  const [command = '', ...rest] = commands[name](home, port, behind)
  const env = { ...process.env, HOME: home, XDG_DATA_HOME: join(home, 'caddy'), XDG_CONFIG_HOME: home }
  const child = spawn(command, rest, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    said += chunk
  })
  const stop = async () => {
    const gone = once(child, 'exit')
    if (child.exitCode === null && child.kill('SIGTERM')) await gone
    rmSync(home, { recursive: true, force: true })
  }
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (child.exitCode !== null || tries > 200) {
      await stop()
      throw new Error(`${name} does not run: ${said}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { port, stop }
}
