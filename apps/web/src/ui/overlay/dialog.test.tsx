import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { Button } from '../button/button.tsx'
import { PhoneInput } from '../phone/phone-input.tsx'
import { AlertDialog } from './alert-dialog.tsx'
import { Dialog, DialogBody } from './dialog.tsx'

const Editor = ({ unsaved = false, phone = false }) => {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Edit Grace</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Edit Employee" unsaved={unsaved}>
        <DialogBody>
          <input aria-label="Name" />
          {phone && (
            <PhoneInput aria-label="Phone" value={{ country: 'US', national: '' }} onChange={() => {}} />
          )}
        </DialogBody>
      </Dialog>
    </>
  )
}

const openEditor = async (props: Parameters<typeof Editor>[0] = {}) => {
  const user = userEvent.setup()
  render(<Editor {...props} />)
  const opener = screen.getByRole('button', { name: 'Edit Grace' })
  await user.click(opener)
  return { user, opener, dialog: screen.getByRole('dialog', { name: 'Edit Employee' }) }
}

test('the first field has the focus, and the opener gets it back', async () => {
  const { user, opener } = await openEditor()
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name' }))
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('dialog')).toBeNull()
  await waitFor(() => expect(document.activeElement).toBe(opener))
})

test('the focus stays inside', async () => {
  const { user, dialog } = await openEditor()
  for (let presses = 0; presses < 4; presses += 1) {
    await user.tab()
    expect(dialog.contains(document.activeElement)).toBe(true)
  }
})

test('asks before unsaved work is lost', async () => {
  const { user, opener } = await openEditor({ unsaved: true })
  await user.keyboard('{Escape}')
  const question = screen.getByRole('alertdialog', { name: 'Leave without saving?' })
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Keep editing' }))
  await user.keyboard('{Enter}')
  expect(question.isConnected).toBe(false)
  expect(screen.getByRole('dialog', { name: 'Edit Employee' })).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Close' }))
  await user.click(screen.getByRole('button', { name: 'Discard changes' }))
  expect(screen.queryByRole('dialog')).toBeNull()
  await waitFor(() => expect(document.activeElement).toBe(opener))
})

test('Escape closes an open country list first', async () => {
  const { user } = await openEditor({ phone: true })
  await user.click(screen.getByRole('button', { name: /^Country code/ }))
  await screen.findByRole('listbox')
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('listbox')).toBeNull()
  expect(screen.getByRole('dialog', { name: 'Edit Employee' })).toBeDefined()
})

test('an alert dialog begins at the harmless button and tells what will happen', async () => {
  const confirm = vi.fn()
  render(
    <AlertDialog open onClose={() => {}} onConfirm={confirm} title="Reset" keep="Keep Duo" confirm="Confirm">
      <p>Duo is removed for 146 people.</p>
    </AlertDialog>,
  )
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Keep Duo' }))
  const dialog = screen.getByRole('alertdialog', { name: 'Reset' })
  const description = document.getElementById(dialog.getAttribute('aria-describedby') ?? '')
  expect(description?.textContent).toBe('Duo is removed for 146 people.')
  await userEvent.click(screen.getByRole('button', { name: 'Confirm' }))
  expect(confirm).toHaveBeenCalledOnce()
})
