// Asks for the state when something changed, as the event stream tells, and draws what differs.
import { listenToControls, showControls } from './controls.js'
import { byId, live } from './dom.js'
import { showMails } from './mailbox.js'
import { showPhones } from './phones.js'

let newest

/** Says the latest arrival to screen readers, once. */
function announce({ phones, mails }) {
  const [phone] = phones
  const [mail] = mails
  const fromPhone = (phone?.latest ?? '') > (mail?.sentAt ?? '')
  const latest = fromPhone ? phone.latest : (mail?.sentAt ?? '')
  if (newest !== undefined && latest > newest) {
    byId('news').textContent = fromPhone ? `New message for ${phone.shown}` : `New mail for ${mail.to}`
  }
  newest = latest
}

async function refresh() {
  const state = await (await fetch('/page/state')).json()
  showControls(state)
  if (!byId('phones')) return
  showPhones(state.phones)
  showMails(state.mails, state.mailCount)
  announce(state)
}

let asked = false
let again = false

/** One request at a time, however many messages arrive at once. */
async function refreshSoon() {
  if (asked) {
    again = true
    return
  }
  asked = true
  await refresh().catch(() => undefined)
  asked = false
  if (again) {
    again = false
    refreshSoon()
  }
}

listenToControls()
const stream = new EventSource('/api/events')
stream.onopen = () => live(true)
stream.onerror = () => live(false)
for (const topic of ['hello', 'messages', 'clock', 'faults']) stream.addEventListener(topic, refreshSoon)
