import { test as base, type Page } from '@playwright/test'
import { type AuthenticatorApp, createAuthenticatorApp } from './fixtures/authenticator-app.ts'
import { createMailbox, createPhone, type Mailbox, type Phone } from './fixtures/messages.ts'
import { createPerson, type Person } from './fixtures/person.ts'
import { createSandbox, type Sandbox } from './fixtures/sandbox.ts'
import { plugIn } from './fixtures/security-key.ts'

export { expect } from '@playwright/test'

interface Fixtures {
  sandbox: Sandbox
  /** Puts the demo data into a named state; every story begins with one. */
  scenario: Sandbox['scenario']
  clock: Sandbox['clock']
  faults: Sandbox['faults']
  /** Opens a browser for one of the demo people. */
  person: (email: string, options?: { from?: string }) => Promise<Person>
  phone: (number: string) => Phone
  mailbox: (email: string) => Mailbox
  /** An app that has been given this key or `otpauth:` address. */
  authenticatorApp: (keyOrUri: string) => AuthenticatorApp
  securityKey: typeof plugIn
  /** Keeps a picture for the README, when asked to with UPDATE_SCREENSHOTS=1. */
  picture: (page: Page, name: string) => Promise<void>
}

export const test = base.extend<Fixtures>({
  sandbox: async ({ request }, use) =>
    use(createSandbox(request, process.env.SANDBOX_URL || 'http://localhost:3900')),
  scenario: async ({ sandbox }, use) => use(sandbox.scenario),
  clock: async ({ sandbox }, use) => {
    await use(sandbox.clock)
    await sandbox.clock.putBack()
  },
  faults: async ({ sandbox }, use) => {
    const broken = new Set<Parameters<Sandbox['faults']['break']>[0]>()
    await use({
      heal: sandbox.faults.heal,
      break: async (service, mode) => {
        broken.add(service)
        await sandbox.faults.break(service, mode)
      },
    })
    for (const service of broken) await sandbox.faults.heal(service)
  },
  person: async ({ browser, sandbox }, use) => {
    const people: Person[] = []
    await use(async (email, options) => {
      const person = await createPerson(browser, sandbox, email, options)
      people.push(person)
      return person
    })
    for (const { context } of people) await context.close()
  },
  phone: async ({ sandbox }, use) => use((number) => createPhone(sandbox, number)),
  mailbox: async ({ sandbox }, use) => use((email) => createMailbox(sandbox, email)),
  authenticatorApp: async ({ sandbox }, use) => use((key) => createAuthenticatorApp(sandbox, key)),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures one needs off this pattern
  securityKey: async ({}, use) => use(plugIn),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  picture: async ({}, use) =>
    use(async (page, name) => {
      if (process.env.UPDATE_SCREENSHOTS !== '1') return
      await page.screenshot({ path: `docs/screenshots/${name}.png`, animations: 'disabled' })
    }),
})
