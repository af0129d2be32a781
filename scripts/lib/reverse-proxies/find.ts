import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root } from '../paths.ts'

const unpacked = join(root, '.cache/reverse-proxies')
const folders = [join(unpacked, 'usr/sbin'), join(unpacked, 'usr/bin')]

const programs: Record<string, string[]> = { nginx: ['-v'], caddy: ['version'] }
/** What Debian's nginx is linked with; Caddy brings everything. */
const libraries = ['libcrypt1', 'libpcre2-8-0', 'libssl3', 'zlib1g']

const isMissing = ([name, asked]: [string, string[]]) => spawnSync(name, asked).status !== 0

/**
 * Puts nginx and Caddy on the PATH of what is started from here: installed ones, else Debian's packages, unpacked
 * beside the tree. Unpacked, because installing them would start servers on port 80. Tests skip what is not there.
 */
export function findReverseProxies(): void {
  process.env.PATH = [process.env.PATH, ...folders].join(delimiter)
  const missing = Object.entries(programs).filter(isMissing)
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  const names = missing.map(([name]) => name)
  console.log(`Getting ${names.join(' and ')} from the packages of this system …`)
  try {
    mkdirSync(unpacked, { recursive: true })
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const apt = (...args: string[]) =>
      execFileSync('apt-get', ['-y', '-qq', '-o', 'APT::Sandbox::User=root', ...args], {
        cwd: unpacked,
        env,
        stdio: 'inherit',
        timeout: 300_000,
      })
    apt('update')
    apt('install', '--no-install-recommends', ...libraries)
    apt('download', ...names)
    execFileSync('sh', ['-c', 'for one in *.deb; do dpkg -x "$one" . && rm "$one"; done'], { cwd: unpacked })
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
  }
}
