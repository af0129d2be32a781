import { Hono } from 'hono'
import { z } from 'zod'
import { Problem } from '../http/problem.ts'
import type { inTurn } from './in-turn.ts'
import type { Portal } from './portal.ts'

const scenarioAnswerShape = z.object({ duoUsers: z.array(z.string()).default([]) }).catch({ duoUsers: [] })

type Parts = {
  portal: Portal
  oneByOne: ReturnType<typeof inTurn>
  /** Puts the clock back on both sides and heals every service. */
  prepare: () => Promise<void>
  /** Empties the stand-ins; these people are already set up at Duo. */
  reset: (duoUsers: string[]) => void
}

/** What the sandbox passes on to the portal: scenarios and the keys of the authenticator apps they made. */
export function portalRoutes({ portal, oneByOne, prepare, reset }: Parts) {
  return new Hono()
    .post('/scenarios/:name', async (c) => {
      const name = c.req.param('name')
      return oneByOne(async () => {
        await prepare()
        const answer = await portal.startScenario(name)
        const text = await answer.text()
        if (answer.status >= 500) throw new Problem(502, `The portal could not start "${name}": ${text}`)
        if (answer.ok) reset(scenarioAnswerShape.parse(jsonOf(text)).duoUsers)
        return passOn(answer, text)
      })
    })
    .get('/authenticators', async (c) => {
      const answer = await portal.authenticators(c.req.query('email') ?? '')
      return passOn(answer, await answer.text())
    })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function passOn(answer: Response, text: string) {
  const contentType = answer.headers.get('content-type')
  const headers = contentType ? { 'content-type': contentType } : {}
  return new Response(text === '' ? null : text, { status: answer.status, headers })
}
