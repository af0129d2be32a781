import { readFile } from 'node:fs/promises'
import * as flags from 'country-flag-icons/string/3x2'
import { Hono } from 'hono'

const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

const own = (path: string) => new URL(path, import.meta.url)
const font = (family: 'next' | 'mono') => {
  const name = `atkinson-hyperlegible-${family}`
  return new URL(import.meta.resolve(`@fontsource-variable/${name}/files/${name}-latin-wght-normal.woff2`))
}

const styles = 'base layout controls messages tables duo apps tokens'.split(' ')
const scripts = 'main dom phones mailbox controls duo prompt'.split(' ')

/** Everything the pages load. A name that is not here is not served. */
const files = new Map<string, URL>([
  ['text.woff2', font('next')],
  ['code.woff2', font('mono')],
  ['icons.svg', own('./icons.svg')],
  ...styles.map((name) => [`${name}.css`, own(`./styles/${name}.css`)] as const),
  ...scripts.map((name) => [`${name}.js`, own(`./scripts/${name}.js`)] as const),
])

export const assets = new Hono()
  .get('/flags/:country', (c) => {
    const flag = new Map(Object.entries(flags)).get(c.req.param('country').replace('.svg', ''))
    return flag ? c.body(flag, 200, { 'content-type': 'image/svg+xml' }) : c.notFound()
  })
  .get('/:name', async (c) => {
    const name = c.req.param('name')
    const file = files.get(name)
    if (!file) return c.notFound()
    const type = types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
    return c.body(await readFile(file), 200, { 'content-type': type, 'cache-control': 'no-cache' })
  })
