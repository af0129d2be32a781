// Small helpers of the sandbox's page. Text only ever becomes text: nothing here parses HTML.

/** el('p', { class: 'x' }, 'text', child): attributes as given, functions become listeners, false leaves out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name, value)
    else if (value !== false && value !== undefined) node.setAttribute(name, value === true ? '' : value)
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined))
  return node
}

const svg = 'http://www.w3.org/2000/svg'

export function icon(name) {
  const node = document.createElementNS(svg, 'svg')
  node.setAttribute('class', 'i s')
  node.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS(svg, 'use')
  use.setAttribute('href', `/page/icons.svg#${name}`)
  node.append(use)
  return node
}

export const byId = (id) => document.getElementById(id)

export const timeOf = (iso) => new Date(iso).toLocaleTimeString('en-GB')

/** A button that copies, and says so for a moment. */
export function copyButton(text, label = 'Copy code') {
  return el('button', { class: 'btn sm', type: 'button', 'data-copy': text }, icon('copy'), label)
}

export async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copy)
  button.classList.add('copied')
  const label = [...button.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
  const before = label?.data
  if (label) label.data = 'Copied'
  setTimeout(() => {
    button.classList.remove('copied')
    if (label) label.data = before
  }, 1500)
}

/** Keeps the children of `parent` in step with `items`: what did not change is not touched, so focus stays. */
export function inStep(parent, items, keyOf, render) {
  const kept = new Map([...parent.children].map((node) => [node.dataset.key, node]))
  const nodes = items.map((item) => {
    const key = keyOf(item)
    const drawn = JSON.stringify(item)
    const old = kept.get(key)
    if (old?.drawn === drawn) return old
    const node = render(item)
    node.dataset.key = key
    node.drawn = drawn
    return node
  })
  nodes.forEach((node, i) => {
    if (parent.children[i] !== node) parent.insertBefore(node, parent.children[i] ?? null)
  })
  while (parent.children.length > nodes.length) parent.lastElementChild.remove()
}

/** Says whether the page still hears of changes. */
export function live(on) {
  const badge = byId('live')
  if (!badge) return
  badge.className = on ? 'badge ok' : 'badge warn'
  badge.textContent = on ? 'Live' : 'Connecting'
}
