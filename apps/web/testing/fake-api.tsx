import type { ProblemCode, ProblemExtra } from '@countersign/contract/problem'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { MemoryRouter } from 'react-router'
import { onTestFinished, vi } from 'vitest'
import { ToastRegion } from '../src/ui/overlay/toasts.tsx'

type Answer = { status: number; body?: unknown }
/** What a route answers: a value, or what its last body makes of it, at once or later. */
type Route = Answer | ((body: unknown) => Answer | Promise<Answer>)

export const ok = (body: unknown): Answer => ({ status: 200, body })
export const done: Answer = { status: 204 }
export const refused = (code: ProblemCode, status: number, extra: ProblemExtra = {}): Answer => ({
  status,
  body: { type: `/problems/${code}`, title: code, status, code, ...extra },
})

/**
 * Stands in for the server at `fetch`: answers by "METHOD /path" and keeps what was asked. A request that no route
 * answers fails the test that made it.
 */
export const fakeApi = (routes: Record<string, Route>) => {
  const calls: { route: string; body: unknown }[] = []
  const unknown: string[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const route = `${init.method ?? 'GET'} ${url}`
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    calls.push({ route, body })
    const found = routes[route]
    if (!found) unknown.push(route)
    const answer = typeof found === 'function' ? await found(body) : (found ?? refused('not-found', 404))
    return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), {
      status: answer.status,
    })
  })
  onTestFinished(() => {
    vi.unstubAllGlobals()
    if (unknown.length > 0) throw new Error(`Nobody answered ${unknown.join(', ')}`)
  })
  return {
    routes,
    /** Bodies sent to one route, in order. */
    sent: (route: string) => calls.filter((call) => call.route === route).map((call) => call.body),
  }
}

/** Draws a part of a page at an address, with what pages have around them. */
export const renderAt = (path: string, children: ReactNode) => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  return render(
    <QueryClientProvider client={client}>
      <MemoryRouter initialEntries={[path]}>
        <ToastRegion>{children}</ToastRegion>
      </MemoryRouter>
    </QueryClientProvider>,
  )
}
