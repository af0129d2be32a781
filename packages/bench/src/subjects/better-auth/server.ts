import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { createAuth } from './auth.ts'

const { DATABASE_URL = '', DATABASE_POOL, AUTH_SECRET = '', PORT } = process.env
const auth = createAuth(DATABASE_URL, Number(DATABASE_POOL), AUTH_SECRET, Number(PORT))
const app = new Hono()
app.get('/healthz', (c) => c.text('ok'))
app.on(['GET', 'POST'], '/api/auth/*', (c) => auth.handler(c.req.raw))
serve({ fetch: app.fetch, port: Number(PORT) })
