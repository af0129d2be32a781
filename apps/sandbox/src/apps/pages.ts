import { html } from 'hono/html'
import { icon, type Markup } from '../page/shell.ts'
import type { RelyingParty } from './relying-party.ts'
import type { AppSession, Claims } from './sessions.ts'
import { fresh } from './sign-in.ts'

type Party = Pick<RelyingParty, 'name' | 'title' | 'about' | 'issuer'>

const others = [
  ['portal', 'Partner Portal'],
  ['backup', 'Backup'],
] as const

/** The frame of an application: its own name and colour, and where one really is. */
const frame = ({ name, title, issuer }: Party, body: Markup) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · demo application</title>
<link rel="icon" href="/page/icons.svg">
${['tokens', 'base', 'layout', 'controls', 'tables', 'apps'].map((one) => html`<link rel="stylesheet" href="/page/${one}.css">`)}
</head>
<body class="app ${name}">
<a class="skip" href="#main">Skip to content</a>
<header class="top"><div class="in">
<span class="brand"><span class="initial" aria-hidden="true">${title.slice(0, 1)}</span><span class="title">${title}</span></span>
<span class="about">a demo application</span>
<nav class="tabs" aria-label="Elsewhere">${others
  .filter(([other]) => other !== name)
  .map(([other, label]) => html`<a href="/apps/${other}">${label}</a>`)}
<a href="${issuer}">Countersign</a>
</nav>
<a class="out" href="/">${icon('flask', 's')}<span>Sandbox</span></a>
</div></header>
<main id="main" class="page">${body}</main>
</body>
</html>`

const press = ({ name }: Party, path: string, label: string, look = '') =>
  html`<form method="post" action="/apps/${name}/${path}"><button class="btn ${look}">${label}</button></form>`

const shown = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)

/** Seconds since 1970 as a person reads them, beside the number. */
const moment = (key: string, value: unknown) =>
  ['iat', 'exp', 'auth_time'].includes(key) && typeof value === 'number'
    ? html` <span class="muted small">${new Date(value * 1000).toISOString().replace('.000', '')}</span>`
    : ''

const table = (caption: string, claims: Claims) => html`<section class="stack s3" aria-label="${caption}">
<h2>${caption}</h2>
<div class="tablewrap"><table aria-label="${caption}">
<thead><tr><th scope="col">Claim</th><th scope="col">Value</th></tr></thead>
<tbody>${Object.entries(claims).map(
  ([key, value]) =>
    html`<tr><th scope="row" class="mono">${key}</th><td class="wrap">${shown(value)}${moment(key, value)}</td></tr>`,
)}</tbody>
</table></div>
</section>`

/** Nobody is signed in here. */
export const outsidePage = (party: Party, trouble: { title: string; text: string } | null = null) =>
  frame(
    party,
    html`<div class="sheet">
<h1>${party.title}</h1>
<p class="lead">${party.about}</p>
${trouble ? html`<div class="note bad" role="alert"><h2>${trouble.title}</h2><p>${trouble.text}</p></div>` : ''}
<p role="status">You are not signed in.</p>
<div class="row">${press(party, 'log-in', 'Log in', 'primary')}</div>
</div>`,
  )

/** Who came in, and how the portal knows. */
export const insidePage = (party: Party, { claims, userinfo }: AppSession) => {
  const strong = claims.acr === 'aal2'
  return frame(
    party,
    html`<h1>${party.title}</h1>
<p role="status">Welcome, ${shown(claims.name ?? claims.sub)} of ${shown(claims.company ?? 'no company')}.
<span class="badge ${strong ? 'ok' : 'warn'}">${strong ? 'two factors' : 'one factor'}</span></p>
<div class="row">
${press(party, 'log-in/fresh', 'Ask for a fresh second factor')}
${press(party, 'sign-out', 'Sign out')}
</div>
<p class="small muted">“Fresh” asks for <span class="mono">acr_values=${fresh.acr}</span> and <span class="mono">max_age=${fresh.maxAge}</span>.</p>
${table('ID token', claims)}
${table('Userinfo', userinfo)}`,
  )
}

/** Where the sandbox's own page leads to. */
export const appsPage = (parties: Party[]) => html`
<h1>Applications</h1>
<p>Two applications that know nothing of passwords: they send people to the portal by OpenID Connect, and believe what it says.</p>
<ul class="stack s3">${parties.map(
  ({ name, title, about }) =>
    html`<li class="card-app ${name}"><h2><a href="/apps/${name}">${title}</a></h2><p>${about}</p></li>`,
)}</ul>`
