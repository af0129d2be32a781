import { readFile } from 'node:fs/promises'
import * as flags from 'country-flag-icons/string/3x2'
import { Hono } from 'hono'

const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

const own = (name: string) => new URL(`./files/${name}`, import.meta.url)
const font = (family: 'next' | 'mono') => {
  const name = `atkinson-hyperlegible-${family}`
  return new URL(import.meta.resolve(`@fontsource-variable/${name}/files/${name}-latin-wght-normal.woff2`))
}

const files: Record<string, URL> = {
  'text.woff2': font('next'),
  'code.woff2': font('mono'),
}
const ours =
  'base.css layout.css controls.css messages.css tables.css tokens.css icons.svg main.js dom.js phones.js mailbox.js controls.js'
for (const name of ours.split(' ')) files[name] = own(name)

/** Everything the pages load, by a closed list of names. */
export const assets = new Hono()
  .get('/flags/:country', (c) => {
    const flag = new Map(Object.entries(flags)).get(c.req.param('country').replace('.svg', ''))
    return flag ? c.body(flag, 200, { 'content-type': 'image/svg+xml' }) : c.notFound()
  })
  .get('/:name', async (c) => {
    const name = c.req.param('name')
    const file = Object.hasOwn(files, name) ? files[name] : undefined
    if (!file) return c.notFound()
    const type = types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
    return c.body(await readFile(file), 200, { 'content-type': type, 'cache-control': 'no-cache' })
  })
