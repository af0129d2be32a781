import './styles/app.css'
import { render } from 'preact'
import { App } from './app.tsx'
import { loadClock } from './device/clock.ts'

type TrustedTypes = {
  createPolicy: (
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ) => {
    createScriptURL: (url: string) => string
  }
}

/** The one address a worker may come from; the page's policy asks for it to be said (Trusted Types). */
const workerUrl = (): string => {
  const types = (window as { trustedTypes?: TrustedTypes }).trustedTypes
  const url = '/authenticator/service-worker.js'
  return types?.createPolicy('authenticator', { createScriptURL: () => url }).createScriptURL(url) ?? url
}

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

await loadClock().catch(() => undefined)
render(<App />, root)
// Without a worker the app works all the same, only not offline.
if (import.meta.env.PROD)
  navigator.serviceWorker?.register(workerUrl(), { scope: '/authenticator/' }).catch(() => undefined)
