import { html } from 'hono/html'

/** Markup that `html` has already escaped. */
export type Markup = ReturnType<typeof html>

export const icon = (name: string, size = '') =>
  html`<svg class="i ${size}" aria-hidden="true"><use href="/page/icons.svg#${name}"></use></svg>`

type Tab = 'messages' | 'duo' | 'apps' | 'scenarios'
type Page = { title: string; tab: Tab; portalUrl: string; body: Markup; script?: string }

const tabs = [
  ['messages', '/', 'Messages'],
  ['duo', '/duo', 'Duo'],
  ['apps', '/apps', 'Applications'],
  ['scenarios', '/scenarios', 'Scenarios'],
] as const

const styles = ['tokens', 'base', 'layout', 'controls', 'messages', 'tables', 'duo', 'apps']

/** The frame of the sandbox's own pages. The pages it plays for others do not wear it. */
export const shell = ({ title, tab, portalUrl, body, script }: Page) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Countersign sandbox</title>
<link rel="icon" href="/page/icons.svg">
${styles.map((name) => html`<link rel="stylesheet" href="/page/${name}.css">`)}
${script ? html`<script type="module" src="/page/${script}"></script>` : ''}
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="top"><div class="in">
<a class="brand" href="/">${icon('flask', 'l')}<span class="word">Sandbox</span></a>
<span class="about">stands in for phones, mail and Duo</span>
<nav class="tabs" aria-label="Sandbox">${tabs.map(
  ([name, path, label]) =>
    html`<a href="${path}" ${name === tab ? html`aria-current="page"` : ''}>${label}</a>`,
)}</nav>
<a class="out" href="${portalUrl}" target="_blank" rel="noopener">${icon('external', 's')}<span>Open portal</span></a>
</div></header>
<main id="main" class="page">${body}</main>
</body>
</html>`
