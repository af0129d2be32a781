import { byId, copyButton, el, icon, inStep, timeOf } from './dom.js'

/** The message with its code set so that it can be read aloud. */
function words({ channel, text, code }) {
  const at = channel === 'sms' && code ? text.indexOf(code) : -1
  if (at < 0) return [channel === 'call' ? `“${text}”` : text]
  const spaced = code.length === 6 ? `${code.slice(0, 3)} ${code.slice(3)}` : code
  return [text.slice(0, at), el('b', { class: 'mono num' }, spaced), text.slice(at + code.length)]
}

function bubble(message, isNewest) {
  const how = message.channel === 'call' ? 'Call, answered' : 'Text'
  const time = el('time', { datetime: message.sentAt }, timeOf(message.sentAt))
  const foot = el('p', { class: 'tiny' }, el('span', {}, how), time)
  return el('li', { class: isNewest ? 'msg new' : 'msg' }, el('p', {}, words(message)), foot)
}

function phone({ number, shown, country, label, messages }) {
  const flag = country && el('img', { class: 'flag', src: `/page/flags/${country}.svg`, alt: '' })
  const who = el(
    'div',
    { class: 'grow' },
    el('b', { class: 'num' }, shown),
    el('p', { class: 'tiny muted' }, label),
  )
  const code = messages[0]?.code
  const empty = el('li', { class: 'none small muted' }, icon('inbox'), 'No messages yet')
  return el(
    'section',
    { class: messages.length > 0 ? 'phone' : 'phone quiet', 'aria-label': `Phone ${number}, ${label}` },
    el('header', {}, flag, who, code && copyButton(code)),
    el('ul', {}, messages.length > 0 ? messages.map((message, i) => bubble(message, i === 0)) : empty),
  )
}

export function showPhones(phones) {
  inStep(byId('phones'), phones, (item) => item.number, phone)
}
