import type { Way } from '@countersign/contract/sign-in'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Route, Routes } from 'react-router'
import { expect, test } from 'vitest'
import { app, appChallenge } from '../../../testing/account.ts'
import { fakeApi, ok, refused, renderAt } from '../../../testing/fake-api.tsx'
import { paths } from '../../paths.ts'
import { Ways } from './ways.tsx'

const start = 'POST /api/challenges'
const way: Way = { ...app, authenticatorId: app.id }
const draw = (ways: Way[]) =>
  renderAt(
    '/login/choose',
    <Routes>
      <Route
        path="/login/choose"
        element={
          <Ways ways={ways}>
            <li>I have a new phone number</li>
          </Ways>
        }
      />
      <Route path={paths.challenge(':id')} element={<h1>Asked</h1>} />
    </Routes>,
  )
const button = () => screen.getByRole('button', { name: /Authenticator app.*Work phone/ })

test('a way asks at once, however often it is pressed meanwhile', async () => {
  let answer = (_: unknown) => {}
  const api = fakeApi({
    [start]: () =>
      new Promise((resolve) => {
        answer = () => resolve(ok(appChallenge))
      }),
  })
  draw([way])
  await userEvent.dblClick(button())
  expect(button().getAttribute('aria-disabled')).toBe('true')
  answer(null)
  expect(await screen.findByRole('heading', { name: 'Asked' })).toBeTruthy()
  expect(api.sent(start)).toEqual([{ authenticatorId: app.id }])
})

test('one that cannot be asked now is told beside the others, which stay', async () => {
  fakeApi({ [start]: refused('unavailable', 503) })
  draw([way])
  await userEvent.click(button())
  expect((await screen.findByRole('alert')).textContent).toContain('We are busy')
  expect(button().getAttribute('aria-disabled')).toBeNull()
  expect(screen.getByText('I have a new phone number')).toBeTruthy()
})

test.each<[string, Partial<Way>, RegExp]>([
  ['what to look for', { factor: 'recovery-codes' }, /^Authenticator appOne of the ten codes you saved/],
  ['the name somebody gave it', {}, /^Authenticator appWork phoneStrong$/],
  ['not its label twice', { name: way.label }, /^Authenticator appStrong$/],
])('a way says %s', (_, over, text) => {
  draw([{ ...way, ...over }])
  expect(screen.getByRole('button').textContent).toMatch(text)
})
