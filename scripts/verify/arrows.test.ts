import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cruise } from './arrows.ts'

const core = 'packages/core/src'
const web = 'apps/web/src'

/** Each file breaks the rule it is listed under by importing the file beside it. */
const breaches = [
  ['contract-stands-alone', 'packages/contract/src/a.ts', `${core}/clock.ts`],
  ['core-sees-contract', `${core}/audit/a.ts`, 'apps/bff/src/app.ts'],
  ['bff-sees-core-and-contract', 'apps/bff/src/a.ts', 'apps/sandbox/src/app.ts'],
  ['sandbox-sees-contract', 'apps/sandbox/src/a.ts', `${core}/clock.ts`],
  ['e2e-sees-nothing', 'e2e/a.ts', `${core}/clock.ts`],
  ['pages-see-contract', `${web}/features/audit/a.ts`, `${core}/clock.ts`],
  ['only-the-client-sees-the-api', `${web}/features/audit/b.ts`, 'apps/bff/src/app.ts'],
  ['the-client-sees-a-type', `${web}/api/client.ts`, 'apps/bff/src/app.ts'],
  ['a-factor-knows-its-own-protocol', `${core}/factors/totp/a.ts`, `${core}/factors/phone/phone.ts`],
  ['a-factor-knows-its-own-protocol', `${core}/factors/totp/b.ts`, `${core}/db/stores/challenges.ts`],
  ['a-factor-is-given-its-gateways', `${core}/factors/totp/c.ts`, `${core}/gateways/twilio.ts`],
  ['policy-is-pure', `${core}/policy/a.ts`, `${core}/db/stores/challenges.ts`],
  ['stores-know-no-use-case', `${core}/db/stores/a.ts`, `${core}/sign-in/verify.ts`],
  ['gateways-know-no-use-case', `${core}/gateways/a.ts`, `${core}/sign-in/verify.ts`],
  ['a-feature-never-imports-a-feature', `${web}/features/audit/c.ts`, `${web}/features/company/page.ts`],
  ['ui-is-plain', `${web}/ui/a.ts`, `${web}/api/queries.ts`],
  ['testing-stays-in-tests', `${core}/account/a.ts`, `${core}/testing/database.ts`],
] as const

let base = ''
let violations: string[] = []

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'countersign-arrows-'))
  writeFile('tsconfig.json', '{}')
  writeFile('package.json', '{"type":"module"}')
  for (const [, , to] of breaches) writeFile(to, 'export const value = 1\n')
  for (const [, from, to] of breaches) writeFile(from, importing(from, to))
  writeFile('scripts/one.ts', "import './two.ts'\n")
  writeFile('scripts/two.ts', "import './one.ts'\n")
  writeFile('scripts/lost.ts', "import './nowhere.ts'\n")
  writeFile(
    `${web}/api/typed.ts`,
    `import type ${importing(`${web}/api/typed.ts`, 'packages/contract/src/a.ts').slice(7)}`,
  )
  violations = (await cruise(base, ['apps', 'packages', 'scripts', 'e2e'])).violations
}, 30_000)

afterAll(() => rmSync(base, { recursive: true, force: true }))

function writeFile(path: string, text: string): void {
  mkdirSync(dirname(join(base, path)), { recursive: true })
  writeFileSync(join(base, path), text)
}

function importing(from: string, to: string): string {
  return `import { value } from '${'../'.repeat(from.split('/').length - 1)}${to}'\nexport const other = value\n`
}

describe('an import against the rules is found', () => {
  test.each(breaches)('%s: %s → %s', (rule, from, to) => {
    expect(violations).toContain(`${rule}: ${from} → ${to}`)
  })

  test('a cycle', () => {
    expect(violations).toContainEqual(expect.stringMatching(/^no-cycles: scripts\/(one|two)\.ts → /))
  })

  test('a file that does not exist', () => {
    expect(violations).toContain('everything-resolves: scripts/lost.ts → ./nowhere.ts')
  })
})

test('an import the rules allow is no finding', () => {
  expect(violations.filter((violation) => violation.includes('typed.ts'))).toEqual([])
})
