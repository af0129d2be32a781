import { html, raw } from 'hono/html'
import { toString as qrCode } from 'qrcode'
import { phoneNumber } from '../../numbers/phone-number.ts'
import type { Markup } from '../../page/shell.ts'
import { deviceKinds, systems } from '../directory.ts'
import type { Push } from '../pushes.ts'
import type { Step, Visit } from '../visits.ts'

/** A page of the prompt; `waits` when it goes on by itself once the phone has done something. */
export type Drawn = { title: string; body: Markup; waits?: boolean }

const shown = (number: string | null | undefined) => (number ? phoneNumber(number)?.international : undefined)

const form = (content: Markup, button: string) =>
  html`<form method="post" class="stack">${content}<button class="btn primary" type="submit">${button}</button></form>`

const radios = (name: string, options: Record<string, string>, chosen: string | undefined) =>
  Object.entries(options).map(
    ([value, label]) =>
      html`<label class="choice"><input type="radio" name="${name}" value="${value}" required ${value === chosen ? 'checked' : ''}>${label}</label>`,
  )

const question = (legend: string, options: Markup[]) =>
  html`<fieldset class="stack s3"><legend class="sr">${legend}</legend>${options}</fieldset>`

/** The pages of setting up Duo Mobile, in the order Duo's set-up guide has them. */
export const setUp: Record<Exclude<Step, 'qr' | 'push'>, (visit: Visit, complaint?: string) => Drawn> = {
  start: () => ({
    title: 'Protect your account with Duo',
    body: form(
      html`<p>Two-factor authentication makes your account safer. Setting up a device takes a few minutes.</p>`,
      'Start setup',
    ),
  }),
  kind: ({ chosen }) => ({
    title: 'What type of device are you adding?',
    body: form(question('Device type', radios('kind', deviceKinds, chosen.kind ?? 'mobile')), 'Continue'),
  }),
  number: ({ typed }, complaint) => ({
    title: 'Enter your phone number',
    body: form(
      html`<div class="stack s1"><label for="number">Phone number</label>
<input class="input" id="number" name="number" type="tel" autocomplete="tel" required placeholder="+1 415 555 0102" value="${typed}" ${complaint ? html`aria-invalid="true" aria-describedby="complaint"` : ''}>
${complaint ? html`<p class="small bad" id="complaint">${complaint}</p>` : html`<p class="small muted">With the country code, starting with +.</p>`}</div>`,
      'Continue',
    ),
  }),
  system: ({ chosen }) => ({
    title: `What type of phone is ${shown(chosen.number) ?? 'this'}?`,
    body: form(question('Operating system', radios('system', systems, chosen.system)), 'Continue'),
  }),
  app: ({ chosen }) => ({
    title: `Install Duo Mobile for ${systems[chosen.system ?? 'ios']}`,
    body: form(
      html`<p>Get Duo Mobile from the store of your phone. In the sandbox there is nothing to install.</p>`,
      'I have Duo Mobile installed',
    ),
  }),
}

/** The QR code that Duo Mobile would scan. Here its address stands below it, to be followed on this device. */
export async function qrStep(visit: Visit, activation: string): Promise<Drawn> {
  const image = await qrCode(activation, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' })
  const scanned = html`<p class="note ok" role="status">Duo Mobile is activated.</p>`
  const notYet = html`<p class="small">Or <a href="${activation}">scan it with the sandbox’s phone</a>.</p>`
  const next = html`<form method="post"><button class="btn primary" type="submit">Continue</button></form>`
  return {
    title: 'Activate Duo Mobile',
    body: html`<p>Open Duo Mobile, choose to add an account, and scan this QR code.</p>
<div class="qr" role="img" aria-label="QR code">${raw(image)}</div>${visit.activated ? html`${scanned}${next}` : notYet}`,
    waits: !visit.activated,
  }
}

export function pushStep(push: Push | undefined): Drawn {
  if (push?.status !== 'waiting') {
    return {
      title: 'The request timed out',
      body: form(html`<p>Nobody answered the push on your phone.</p>`, 'Send it again'),
    }
  }
  return {
    title: 'Check for a Duo Push',
    body: html`<p>We sent a push to <b>${shown(push.device.number) ?? 'your phone'}</b>. Approve it in Duo Mobile.</p>
<p class="row tight"><span class="spin" aria-hidden="true"></span><span role="status">Waiting for an answer</span></p>
<p class="small"><a href="/duo#phones" target="_blank">Open the sandbox’s phone</a></p>`,
    waits: true,
  }
}
