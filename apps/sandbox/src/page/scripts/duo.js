// Duo's administration and the phones. Lists are asked for again when the stream says that Duo changed.
import { byId, copy, el, icon, inStep, live, timeOf } from './dom.js'

async function command(method, path, body) {
  const trouble = byId('trouble')
  const answer = await fetch(`/api/duo${path}`, { method, body: body && JSON.stringify(body) })
  trouble.hidden = answer.ok
  if (!answer.ok) trouble.textContent = (await answer.json()).detail
}

const statuses = {
  waiting: ['badge warn', 'Waiting'],
  approved: ['badge ok', 'Approved'],
  denied: ['badge bad', 'Denied'],
  fraud: ['badge bad', 'Reported as fraud'],
  expired: ['badge', 'Timed out'],
}

function answers({ id, username }) {
  const button = (decision, label, kind) => {
    const click = () => command('POST', `/pushes/${id}`, { decision })
    return el(
      'button',
      { class: `btn ${kind}`, type: 'button', 'aria-label': `${label}, ${username}`, click },
      label,
    )
  }
  return el('div', { class: 'row tight' }, [
    button('approve', 'Approve', 'primary'),
    button('deny', 'Deny', ''),
    button('fraud', 'Report fraud', 'danger'),
  ])
}

function push(item) {
  const [look, word] = statuses[item.status]
  const device = item.device.number ?? (item.device.system === 'ios' ? 'iPhone' : 'Android phone')
  const who = el(
    'div',
    { class: 'grow' },
    el('b', {}, item.username),
    el('p', { class: 'tiny muted' }, device),
  )
  const time = el('time', { class: 'tiny faint num', datetime: item.sentAt }, timeOf(item.sentAt))
  const head = el('header', {}, icon('phone'), who, time, el('span', { class: look }, word))
  const question = el('p', {}, 'Are you logging in to Countersign?')
  const body = item.status === 'waiting' && el('div', { class: 'ask' }, question, answers(item))
  return el('li', { class: 'push' }, head, body || null)
}

function user({ username, device }) {
  const forget = () => command('DELETE', `/users/${encodeURIComponent(username)}`)
  const button = { class: 'btn sm', type: 'button', 'aria-label': `Forget ${username}`, click: forget }
  const who = el(
    'div',
    { class: 'grow' },
    el('b', {}, username),
    el('p', { class: 'tiny muted' }, device.number ?? ''),
  )
  return el('li', {}, who, el('button', button, 'Forget'))
}

const nothing = (text) => el('li', { class: 'none small muted' }, icon('inbox'), text)

function list(id, items, keyOf, render, empty) {
  if (items.length > 0) inStep(byId(id), items, keyOf, render)
  else byId(id).replaceChildren(nothing(empty))
}

const ask = async (path) => (await fetch(`/api/duo${path}`)).json()
let waitingBefore = 0

async function refresh() {
  const [pushes, users, policy] = await Promise.all([ask('/pushes'), ask('/users'), ask('/policy')])
  list(
    'pushes',
    pushes.slice(0, 30),
    (item) => item.id,
    push,
    'No request yet. It appears when somebody signs in.',
  )
  list('users', users, (item) => item.username, user, 'Nobody yet')
  byId('bypass').checked = policy.bypass
  byId('mischief').value = policy.mischief
  const waiting = pushes.filter((item) => item.status === 'waiting').length
  if (waiting > waitingBefore)
    byId('news').textContent = `A request for ${pushes[0].username} waits for an answer`
  waitingBefore = waiting
}

byId('bypass').addEventListener('change', (event) =>
  command('PUT', '/policy', { bypass: event.target.checked }),
)
byId('mischief').addEventListener('change', (event) =>
  command('PUT', '/policy', { mischief: event.target.value }),
)
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-copy]')
  if (button) copy(button)
})

const stream = new EventSource('/api/events')
stream.onopen = () => live(true)
stream.onerror = () => live(false)
for (const topic of ['hello', 'duo', 'clock']) stream.addEventListener(topic, refresh)
// A request times out by itself, and nobody tells.
setInterval(() => waitingBefore > 0 && refresh(), 5000)
