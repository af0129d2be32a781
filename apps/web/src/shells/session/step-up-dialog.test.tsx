import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { app, appChallenge, phone, secured, unsecured } from '../../../testing/account.ts'
import { done, fakeApi, ok, refused, renderAt } from '../../../testing/fake-api.tsx'
import { api as client, problemIn, read } from '../../api/client.ts'
import { useDeed } from '../../api/use-deed.ts'
import { StepUpDialog } from './step-up-dialog.tsx'

const security = 'GET /api/account/security'
const deed = 'DELETE /api/session/others'
const challenges = 'POST /api/challenges'
const verify = `POST /api/challenges/${appChallenge.id}/verify`
const needed = refused('step-up-required', 403)

const Deed = () => {
  const end = useDeed(() => read(client.session.others.$delete()))
  return (
    <>
      <button type="button" onClick={() => end.mutate()}>
        Sign out all others
      </button>
      <output aria-label="Deed">{end.isSuccess ? 'done' : problemIn(end.error)?.code}</output>
      <StepUpDialog />
    </>
  )
}

const begin = async (at = '/settings') => {
  renderAt(at, <Deed />)
  const user = userEvent.setup()
  await user.click(screen.getByRole('button', { name: 'Sign out all others' }))
  return { user, dialog: within(await screen.findByRole('dialog', { name: 'Confirm it is you' })) }
}
const outcome = () => screen.getByLabelText('Deed').textContent

test('asks the factor used last, then does the deed once more', async () => {
  const held = [{ ...phone, lastUsedAt: null }, app]
  const api = fakeApi({
    [security]: ok({ ...secured, authenticators: held }),
    [deed]: needed,
    [challenges]: ok(appChallenge),
    [verify]: () => {
      api.routes[deed] = ok({ ended: 2 })
      return ok({ outcome: 'stepped-up' })
    },
  })
  const { user, dialog } = await begin()
  expect(await dialog.findByText('Enter the code from your app')).toBeTruthy()
  expect(api.sent(challenges)).toEqual([{ authenticatorId: app.id }])
  await user.type(dialog.getByRole('textbox', { name: 'Six-digit code' }), '123456')
  await user.click(dialog.getByRole('button', { name: 'Submit' }))
  await waitFor(() => expect(outcome()).toBe('done'))
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(api.sent(deed)).toHaveLength(2)
  expect(api.sent(verify)).toEqual([{ code: '123456' }])
})

test('a wrong code is said at the code, and the question stays', async () => {
  fakeApi({
    [security]: ok(secured),
    [deed]: needed,
    [challenges]: ok(appChallenge),
    [verify]: refused('wrong-code', 422, { triesLeft: 4 }),
  })
  const { user, dialog } = await begin()
  await user.type(await dialog.findByRole('textbox', { name: 'Six-digit code' }), '000000')
  await user.click(dialog.getByRole('button', { name: 'Submit' }))
  expect(await dialog.findByText('That is not the code. Four tries are left.')).toBeTruthy()
  expect(outcome()).toBe('')
})

test('closing the question leaves the deed undone', async () => {
  const api = fakeApi({ [security]: ok(secured), [deed]: needed, [challenges]: ok(appChallenge) })
  const { user, dialog } = await begin()
  await dialog.findByRole('textbox')
  await user.keyboard('{Escape}')
  await waitFor(() => expect(outcome()).toBe('step-up-required'))
  expect(api.sent(deed)).toHaveLength(1)
})

test('another way asks another factor', async () => {
  const api = fakeApi({
    [security]: ok(secured),
    [deed]: needed,
    [challenges]: ok(appChallenge),
  })
  const { user, dialog } = await begin()
  await user.click(await dialog.findByRole('button', { name: 'Try another way' }))
  await user.click(dialog.getByRole('button', { name: /Text or call/ }))
  await waitFor(() =>
    expect(api.sent(challenges)).toEqual([{ authenticatorId: app.id }, { authenticatorId: phone.id }]),
  )
})

test('a factor that cannot be asked is no dead end', async () => {
  const api = fakeApi({
    [security]: ok({ ...secured, authenticators: [phone, { ...app, lastUsedAt: null }] }),
    [deed]: needed,
    [challenges]: refused('texts-unavailable', 502),
  })
  const { user, dialog } = await begin()
  expect(await dialog.findByText(/text and call service did not answer/)).toBeTruthy()
  api.routes[challenges] = ok(appChallenge)
  await user.click(dialog.getByRole('button', { name: 'Try another way' }))
  await user.click(dialog.getByRole('button', { name: /Authenticator app/ }))
  expect(await dialog.findByRole('textbox', { name: 'Six-digit code' })).toBeTruthy()
})

test('a locked factor is not asked, and without any the way to one is shown', async () => {
  fakeApi({ [security]: ok({ ...unsecured, authenticators: [{ ...app, locked: true }] }), [deed]: needed })
  const { dialog } = await begin()
  const link = await dialog.findByRole('link', { name: 'Set up a second factor' })
  expect(link.getAttribute('href')).toBe('/settings#two-factor')
})

test('on the way into an application it is the application that asks', async () => {
  fakeApi({
    'GET /api/applications/interactions/abc': ok({ name: 'Backup', logo: null, colour: null }),
    [security]: ok(secured),
    [deed]: needed,
    [challenges]: ok(appChallenge),
  })
  const { dialog } = await begin('/enter/abc')
  expect(await dialog.findByText('Backup asks for your second factor before it lets you in.')).toBeTruthy()
})

test('nobody is asked for a deed that needs no fresh factor', async () => {
  fakeApi({ [deed]: done })
  renderAt('/settings', <Deed />)
  await userEvent.click(screen.getByRole('button', { name: 'Sign out all others' }))
  await waitFor(() => expect(outcome()).toBe('done'))
  expect(screen.queryByRole('dialog')).toBeNull()
})
