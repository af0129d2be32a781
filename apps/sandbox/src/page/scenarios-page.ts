import { html } from 'hono/html'
import { phoneNumber } from '../numbers/phone-number.ts'
import { clockControls, faultControls } from './messages-page.ts'
import { type DemoPerson, demoPassword, demoPeople, scenarios } from './people.ts'
import { icon } from './shell.ts'
import { kindOf } from './state.ts'

const lineTypes = [
  ['00 to 49', 'mobile'],
  ['50 to 69', 'landline'],
  ['70 to 79', 'fixed VoIP'],
  ['80 to 89', 'non-fixed VoIP'],
  ['90 to 99', 'premium'],
] as const

function person({ email, name, is, number }: DemoPerson) {
  const phone = number === undefined ? undefined : phoneNumber(number)
  return html`<tr>
<th scope="row"><span class="mono">${email}</span>
<button class="btn icon quiet" type="button" data-copy="${email}" aria-label="Copy ${name}’s address">${icon('copy', 's')}</button></th>
<td>${name}, ${is}</td>
<td>${phone ? html`<span class="num">${phone.international}</span> <span class="muted">${kindOf(phone)}</span>` : 'no number'}</td>
</tr>`
}

/** Who there is, which states the data can be put into, and what the last digits of a number mean. */
export const scenariosPage = html`
<div class="row between"><h1>Scenarios</h1>${clockControls}</div>
${faultControls}
<p class="note bad" role="alert" id="trouble" hidden></p>
<p class="note ok" role="status" id="done" hidden></p>
<div class="two">
<section class="stack s3" aria-labelledby="people-title">
<h2 id="people-title">Demonstration people</h2>
<div class="row tight small">Everybody’s password is <b class="mono">${demoPassword}</b>
<button class="btn sm" type="button" data-copy="${demoPassword}">${icon('copy', 's')}Copy password</button></div>
<div class="tablewrap"><table>
<thead><tr><th scope="col">Sign in as</th><th scope="col">Is</th><th scope="col">Phone</th></tr></thead>
<tbody>${demoPeople.map(person)}</tbody>
</table></div>
</section>
<div class="stack">
<section class="stack s3" aria-labelledby="start-title">
<h2 id="start-title">Start a scenario</h2>
<p class="small muted">It replaces the demonstration data, puts the clock back, heals all services, ends all sessions and clears the messages.</p>
<ul class="choices">${scenarios.map(
  ({ name, means }) =>
    html`<li><button class="btn sm" type="button" data-scenario="${name}">${name}</button><span class="small">${means}</span></li>`,
)}</ul>
</section>
<section class="stack s3" aria-labelledby="types-title">
<h2 id="types-title">What a number’s last two digits mean</h2>
<dl class="legend">${lineTypes.map(([digits, type]) => html`<div><dt class="num">${digits}</dt><dd>${type}</dd></div>`)}
<div><dt>Canada</dt><dd>not told without authorization (60601)</dd></div></dl>
</section>
</div>
</div>`
