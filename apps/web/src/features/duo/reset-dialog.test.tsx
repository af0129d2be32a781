import type { DuoView } from '@countersign/contract/duo'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Route, Routes } from 'react-router'
import { expect, test } from 'vitest'
import { fakeApi, ok, refused, renderAt } from '../../../testing/fake-api.tsx'
import { paths } from '../../paths.ts'
import { DuoCard } from './duo-card.tsx'
import ResetResultPage from './reset-result-page.tsx'

const before: DuoView = {
  setUp: {
    integrationKey: 'DIXXXXXXXXXXXXXXXXXX',
    apiHost: 'api-1.duosecurity.com',
    setUpAt: '2026-11-20T09:00:00Z',
    setUpBy: 'Ada Byron',
    testedAt: '2026-11-20T09:00:00Z',
    bound: 1,
    due: 0,
  },
  reset: null,
}
const after: DuoView = {
  setUp: null,
  reset: { at: '2026-11-22T09:00:00Z', by: 'Ada Byron', people: 1, sessionsEnded: 1, mails: null },
}

const draw = () =>
  renderAt(
    paths.company,
    <Routes>
      <Route path={paths.company} element={<DuoCard id="duo" />} />
      <Route path={paths.duoReset} element={<ResetResultPage />} />
    </Routes>,
  )

const people = [{ id: 'g', name: 'Grace Lindqvist', email: 'grace@northwind.test' }]
const session = { role: 'security_admin' }
const routes = {
  'GET /api/session': ok(session),
  'GET /api/duo': ok(before),
  'GET /api/duo/people': ok({ count: 1, first: people }),
}

const confirm = async () => {
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: 'Reset organization 2FA' }))
  await screen.findByText('Grace Lindqvist')
  await user.click(screen.getByRole('button', { name: 'Confirm' }))
}

/** The reset is done, and what it made of things is on its way until the test lets it arrive. */
const reset = async () => {
  const answer = Promise.withResolvers<ReturnType<typeof ok>>()
  const api = fakeApi({
    ...routes,
    'POST /api/duo/reset': () => {
      api.routes['GET /api/duo'] = () => answer.promise
      return ok({})
    },
  })
  draw()
  await confirm()
  await screen.findByRole('heading', { name: 'Removing Duo' })
  return answer.resolve
}

test('after Confirm the result opens, although what was read before knows of no reset', async () => {
  const arrive = await reset()
  arrive(ok(after))
  expect(await screen.findByRole('heading', { name: 'Duo was removed' })).toBeTruthy()
})

test('a result that cannot be read is said, not taken for none', async () => {
  const arrive = await reset()
  arrive(refused('not-allowed', 403))
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy()
})

test('where nobody was set up, nobody is said to be told', async () => {
  fakeApi({ 'GET /api/duo': ok({ ...after, reset: { ...after.reset, people: 0, sessionsEnded: 0 } }) })
  renderAt(paths.duoReset, <ResetResultPage />)
  expect(await screen.findByText('Nobody had set up Duo yet')).toBeTruthy()
  expect(screen.queryByText(/\b0 (people|sessions|of)\b/)).toBeNull()
})

test('without a reset there is no result to see', async () => {
  fakeApi(routes)
  renderAt(
    paths.duoReset,
    <Routes>
      <Route path={paths.company} element={<h1>Company Settings</h1>} />
      <Route path={paths.duoReset} element={<ResetResultPage />} />
    </Routes>,
  )
  expect(await screen.findByRole('heading', { name: 'Company Settings' })).toBeTruthy()
})
