import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { dropAccount, keepAccount, keepOffset, listAccounts, readOffset } from './vault.ts'

const account = (authenticatorId: string) => ({
  authenticatorId,
  email: 'grace@northwind.test',
  person: 'Grace',
  company: 'Northwind IT',
  confirmed: true,
  deviceToken: 'token',
  privateKey: {} as CryptoKey,
  tokenKey: {} as CryptoKey,
})

test('accounts are kept, replaced and dropped one by one', async () => {
  await keepAccount(account('a'))
  await keepAccount(account('b'))
  await keepAccount({ ...account('a'), email: 'new@northwind.test' })
  expect((await listAccounts()).map((one) => one.email)).toEqual([
    'new@northwind.test',
    'grace@northwind.test',
  ])
  await dropAccount('a')
  expect((await listAccounts()).map((one) => one.authenticatorId)).toEqual(['b'])
})

test('the clock’s difference is kept', async () => {
  expect(await readOffset()).toBe(0)
  await keepOffset(-42)
  expect(await readOffset()).toBe(-42)
})
