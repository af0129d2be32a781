import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { root } from './paths.ts'

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Finds a Chromium, or gets one: named by the environment, installed, Playwright's own, or Debian's package. */
export function findBrowser(): string {
  const named = process.env.CHROMIUM_PATH || process.env.PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH
  if (named && !existsSync(named))
    throw new Error(`There is no browser at ${named}, which CHROMIUM_PATH names.`)
  const found = named || [...installed, chromium.executablePath()].find((path) => existsSync(path))
  return found ?? download() ?? installPackage() ?? giveUp()
}

function download(): string | undefined {
  console.log('No Chromium on this machine: downloading the one Playwright brings …')
  // The default waits half a minute per attempt, which a network without the download server spends in full.
  const env = { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' }
  const cli = `${root}/node_modules/@playwright/test/cli.js`
  return attempt(() => {
    execFileSync(process.execPath, [cli, 'install', 'chromium'], {
      cwd: root,
      env,
      stdio: 'inherit',
      timeout: 300_000,
    })
    return chromium.executablePath()
  })
}

function installPackage(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  console.log('Installing the Chromium of this system …')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args: string[]) =>
    execFileSync('apt-get', ['-y', '-qq', ...args], { env, stdio: 'inherit' })
  return attempt(() => {
    apt('update')
    apt('install', '--no-install-recommends', 'chromium')
    return '/usr/bin/chromium'
  })
}

function attempt(get: () => string): string | undefined {
  try {
    const path = get()
    return existsSync(path) ? path : undefined
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return undefined
  }
}

function giveUp(): never {
  throw new Error(
    'No Chromium was found and none could be installed. Install one and name it with CHROMIUM_PATH.',
  )
}
