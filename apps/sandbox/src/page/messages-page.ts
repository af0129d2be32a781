import { html } from 'hono/html'
import { icon } from './shell.ts'

const services = [
  ['sms', 'Text and call'],
  ['mail', 'Mail'],
  ['lookup', 'Lookup'],
  ['duo', 'Duo'],
] as const

const modes = [
  ['up', 'Up'],
  ['slow', 'Slow'],
  ['error', 'Error'],
  ['down', 'Down'],
] as const

const advances = [
  ['PT5M', '+ 5 min'],
  ['PT48H', '+ 48 h'],
  ['P21D', '+ 21 days'],
] as const

export const clockControls = html`<div class="row tight" role="group" aria-label="The product’s clock">
<span class="clock">${icon('clock', 's')}<time id="now" class="num"></time></span>
${advances.map(([by, label]) => html`<button class="btn sm" type="button" data-advance="${by}">${label}</button>`)}
<button class="btn sm" type="button" data-clock-back disabled>Back to now</button>
</div>`

export const faultControls = html`<div class="row faults" role="group" aria-label="Services">
<span class="small muted">Services</span>
${services.map(
  ([service, label]) =>
    html`<label class="fault"><select data-fault="${service}">${modes.map(
      ([mode, name]) => html`<option value="${mode}">${name}</option>`,
    )}</select>${label}</label>`,
)}
</div>`

/** Phones and mailbox, filled and kept current by main.js. */
export const messagesPage = html`
<div class="row between">
<div class="row"><h1>Phones and mailbox</h1><span class="badge" id="live">Connecting</span></div>
${clockControls}
</div>
${faultControls}
<p class="note bad" role="alert" id="trouble" hidden></p>
<p class="sr" role="status" id="news"></p>
<div class="two">
<section class="stack s3" aria-labelledby="phones-title">
<div class="row between"><h2 id="phones-title">Phones</h2>
<button class="linkbtn" type="button" id="clear">Clear all messages</button></div>
<div class="phones" id="phones"></div>
</section>
<section class="stack s3" aria-labelledby="mailbox-title">
<div class="row between"><h2 id="mailbox-title">Mailbox</h2><span class="small muted" id="mail-count"></span></div>
<ul class="mail" id="mails"></ul>
<article class="preview" id="preview" aria-label="Chosen mail" hidden></article>
</section>
</div>`
