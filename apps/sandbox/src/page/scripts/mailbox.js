import { byId, copyButton, el, icon, inStep, timeOf } from './dom.js'

let chosen

/** Plain text with its links made into links. */
function linked(text) {
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((part, i) => {
    if (i % 2 === 0) return part
    return el('a', { href: part, target: '_blank', rel: 'noopener' }, part)
  })
}

function row({ id, to, subject, sentAt }) {
  const time = el('time', { class: 'tiny faint num', datetime: sentAt }, timeOf(sentAt))
  const parts = [el('span', { class: 'small muted' }, to), time, el('b', {}, subject ?? '(no subject)')]
  return el('li', {}, el('button', { type: 'button', 'data-mail': id, click: () => choose(id) }, parts))
}

/** The mail as it was sent, in a frame that may do nothing but open links. */
function body({ id, html, text, subject }) {
  const plain = el('p', { class: 'plain' }, linked(text ?? ''))
  if (!html) return plain
  const frame = el('iframe', {
    src: `/page/mails/${id}/html`,
    title: `Mail: ${subject}`,
    sandbox: 'allow-popups allow-popups-to-escape-sandbox',
  })
  return [frame, el('details', { class: 'more' }, el('summary', {}, 'Show as plain text'), plain)]
}

async function choose(id) {
  const answer = await fetch(`/page/mails/${id}`)
  if (!answer.ok) return
  const mail = await answer.json()
  chosen = id
  markChosen()
  const code = mail.code && [el('p', { class: 'code mono' }, mail.code), copyButton(mail.code)]
  const head = el('div', { class: 'stack s1' }, [
    el('h3', { tabindex: '-1' }, mail.subject ?? '(no subject)'),
    el('p', { class: 'tiny muted' }, `From ${mail.from} to ${mail.to}`),
  ])
  const preview = byId('preview')
  preview.replaceChildren(head, el('div', { class: 'row' }, code || []), ...[body(mail)].flat())
  preview.hidden = false
  preview.querySelector('h3').focus({ preventScroll: false })
}

function markChosen() {
  for (const button of document.querySelectorAll('[data-mail]')) {
    if (button.dataset.mail === chosen) button.setAttribute('aria-current', 'true')
    else button.removeAttribute('aria-current')
  }
}

export function showMails(mails, count) {
  const list = byId('mails')
  byId('mail-count').textContent = count === 1 ? '1 message' : `${count} messages`
  if (mails.length === 0) {
    list.replaceChildren(el('li', { class: 'none small muted' }, icon('inbox'), 'No mail yet'))
    byId('preview').hidden = true
    chosen = undefined
    return
  }
  inStep(list, mails, (mail) => mail.id, row)
  markChosen()
}
