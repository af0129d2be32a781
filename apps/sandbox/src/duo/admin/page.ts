import { html } from 'hono/html'
import { icon } from '../../page/shell.ts'
import { mischiefs } from '../directory.ts'
import type { Duo } from '../duo.ts'

const key = (label: string, value: string, shown = value) => html`<div>
<dt>${label}</dt>
<dd class="mono">${shown}</dd>
<dd><button class="btn sm" type="button" data-copy="${value}" aria-label="Copy ${label}">${icon('copy', 's')}Copy</button></dd>
</div>`

/** Duo's administration: the keys to copy, who is set up, and phones that can answer. duo.js fills the lists. */
export const duoPage = ({ keys, apiHostname }: Duo, caFile: string) => html`
<div class="row between"><h1>Duo</h1><span class="badge" id="live">Connecting</span></div>
<p class="note bad" role="alert" id="trouble" hidden></p>
<div class="two">
<section class="stack s3" aria-labelledby="phones-title" id="phones">
<h2 id="phones-title">Duo Mobile on everybody’s phone</h2>
<p class="sr" role="status" id="news"></p>
<ul class="stack s3" id="pushes"></ul>
</section>
<div class="stack">
<section class="stack s3" aria-labelledby="keys-title">
<h2 id="keys-title">Application</h2>
<dl class="keys">
${key('Integration key', keys.integrationKey)}
${key('Secret key', keys.secretKey)}
${key('API hostname', apiHostname())}
</dl>
<p class="small muted">The server leg is TLS with a certificate of this sandbox’s own authority, <span class="mono">${caFile}</span></p>
</section>
<section class="stack s3" aria-labelledby="policy-title">
<h2 id="policy-title">Policy</h2>
<label class="field"><input type="checkbox" id="bypass">Bypass: let everybody in without asking</label>
<label class="field">Mischief in the answer
<select id="mischief">${mischiefs.map((kind) => html`<option value="${kind}">${kind}</option>`)}</select></label>
</section>
<section class="stack s3" aria-labelledby="users-title">
<h2 id="users-title">People who are set up</h2>
<ul class="users" id="users"></ul>
</section>
</div>
</div>`
