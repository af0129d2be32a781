import { screen } from '@testing-library/react'
import { Route, Routes } from 'react-router'
import { afterEach, expect, test, vi } from 'vitest'
import { fakeApi, ok, refused, renderAt } from '../../../testing/fake-api.tsx'
import EnterPage from './enter-page.tsx'

const at = '/api/applications/interactions/abc-123'
const backup = { name: 'Backup', logo: null, colour: '#2f6b3a' }
const draw = () =>
  renderAt(
    '/enter/abc-123',
    <Routes>
      <Route path="/enter/:uid" element={<EnterPage />} />
      <Route path="/login" element={<h1>Sign in</h1>} />
    </Routes>,
  )
afterEach(() => {
  sessionStorage.clear()
  vi.restoreAllMocks()
})

test('a refusal says why and whom to ask', async () => {
  const reason = {
    rule: 'other-role',
    application: 'Backup',
    company: 'Northwind IT',
    roles: ['admin', 'security_admin'],
    ask: 'security-admin',
  }
  fakeApi({
    [`GET ${at}`]: ok(backup),
    [`POST ${at}`]: ok({ outcome: 'refused', application: backup, reason }),
  })
  draw()
  expect(await screen.findByRole('heading', { name: 'You cannot open Backup' })).toBeTruthy()
  expect(document.title).toBe('You cannot open Backup · Countersign')
  expect(screen.getByText('Backup is for Admins and Security Admins only.')).toBeTruthy()
  expect(screen.getByText(/A Security Admin of Northwind IT can give you another role/)).toBeTruthy()
})

test('somebody of several companies is told which one to act in', async () => {
  const reason = {
    rule: 'other-company',
    application: 'Backup',
    company: 'Northwind IT',
    enterFrom: ['Contoso'],
  }
  fakeApi({
    [`GET ${at}`]: ok(backup),
    [`POST ${at}`]: ok({ outcome: 'refused', application: backup, reason }),
  })
  draw()
  expect(await screen.findByText(/Switch to Contoso in the menu under your name/)).toBeTruthy()
})

test.each([
  ['that has ended', refused('not-found', 404)],
  ['whose address was cut short', refused('invalid-input', 422)],
])('a way in %s is no dead end', async (_which, answer) => {
  fakeApi({ [`GET ${at}`]: answer, [`POST ${at}`]: answer })
  draw()
  expect(await screen.findByRole('heading', { name: 'This way in has ended' })).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Go to Home' }).getAttribute('href')).toBe('/')
})

test('who has no factor is led to setting one up', async () => {
  fakeApi({ [`GET ${at}`]: ok(backup), [`POST ${at}`]: refused('needs-own-factor', 409) })
  draw()
  expect(await screen.findByRole('heading', { name: 'Backup asks for a second factor' })).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Set up a second factor' }).getAttribute('href')).toBe(
    '/settings#two-factor',
  )
})

test('who types the password again comes back here afterwards', async () => {
  fakeApi({ [`GET ${at}`]: ok(backup), [`POST ${at}`]: ok({ outcome: 'sign-in-again' }) })
  draw()
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeTruthy()
  expect(sessionStorage.getItem('return-to')).toBe('/enter/abc-123')
})

test('no answer: said so, and another try', async () => {
  fakeApi({ [`GET ${at}`]: ok(backup), [`POST ${at}`]: refused('unavailable', 503) })
  draw()
  expect(await screen.findByRole('alert')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
})
