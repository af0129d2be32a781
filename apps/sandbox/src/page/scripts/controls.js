import { byId, copy } from './dom.js'

/** Sends a command; a refusal is shown in its own words. */
async function command(method, path, body) {
  const trouble = byId('trouble')
  trouble.hidden = true
  const answer = await fetch(`/api${path}`, { method, body: body && JSON.stringify(body) })
  if (answer.ok) return true
  const problem = await answer.json().catch(() => ({}))
  trouble.textContent = problem.detail ?? problem.title ?? `The answer was ${answer.status}.`
  trouble.hidden = false
  return false
}

async function startScenario(button) {
  const done = byId('done')
  const name = button.dataset.scenario
  done.hidden = true
  button.setAttribute('aria-disabled', 'true')
  button.textContent = 'Starting'
  if (await command('POST', `/scenarios/${name}`)) {
    done.textContent = `Scenario “${name}” is in place. Everybody is signed out.`
    done.hidden = false
  }
  button.removeAttribute('aria-disabled')
  button.textContent = name
}

export function listenToControls() {
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button')
    if (!button || button.getAttribute('aria-disabled')) return
    const { advance, clockBack, scenario, copy: text } = button.dataset
    if (advance) command('POST', '/clock', { advance })
    else if (clockBack !== undefined) command('DELETE', '/clock')
    else if (scenario) startScenario(button)
    else if (text) copy(button)
    else if (button.id === 'clear') command('DELETE', '/messages')
  })
  document.addEventListener('change', ({ target }) => {
    const { fault } = target.dataset
    if (!fault) return
    if (target.value === 'up') command('DELETE', `/faults/${fault}`)
    else command('PUT', `/faults/${fault}`, { mode: target.value })
  })
}

const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }
const clockFormat = new Intl.DateTimeFormat('en-GB', {
  ...day,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

let offsetMs = 0

function tick() {
  const now = byId('now')
  if (now) now.textContent = clockFormat.format(Date.now() + offsetMs)
}

export function showControls({ offsetMs: moved, faults }) {
  offsetMs = moved
  tick()
  const back = document.querySelector('[data-clock-back]')
  if (back) back.disabled = moved === 0
  for (const select of document.querySelectorAll('[data-fault]')) {
    select.value = faults[select.dataset.fault]
    select.dataset.mode = select.value
  }
}

setInterval(tick, 1000)
