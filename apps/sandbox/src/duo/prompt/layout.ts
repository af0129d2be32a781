import { html } from 'hono/html'
import type { Markup } from '../../page/shell.ts'

type Page = {
  title: string
  body: Markup
  username?: string
  /** What the page knows; given, it waits until that has changed. */
  seen?: string | undefined
}

/** The frame of the pages that are Duo's own in real life; they look like nothing of ours on purpose. */
export const layout = ({ title, body, username, seen }: Page) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Duo (sandbox)</title>
<link rel="icon" href="/page/icons.svg">
${['tokens', 'base', 'layout', 'controls', 'duo'].map((name) => html`<link rel="stylesheet" href="/page/${name}.css">`)}
${seen !== undefined ? html`<script type="module" src="/page/prompt.js"></script>` : ''}
</head>
<body class="duo">
<main class="prompt" data-seen="${seen ?? ''}">
<p class="duo-mark">Duo</p>
<h1>${title}</h1>
${body}
${username ? html`<p class="small muted">Signing in as <b>${username}</b></p>` : ''}
</main>
<footer class="duo-foot tiny">A stand-in for Duo, in the Countersign sandbox. Nothing leaves this machine.</footer>
</body>
</html>`

export const notice = (title: string, text: string) => layout({ title, body: html`<p>${text}</p>` })
