import { beforeEach, expect, test } from 'vitest'
import { directory, newToken } from '../testing/directory.ts'
import { testPortal } from '../testing/portal.ts'
import { signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
let token: string

beforeEach(async () => {
  await portal.play('enrolled')
  token = await newToken(await signedIn(portal, 'ada@northwind.test'))
})

const core = 'urn:ietf:params:scim:schemas:core:2.0:User'
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const patchOp = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']

/** Requests as learn.microsoft.com shows them under "Develop and plan provisioning for a SCIM endpoint". */
test('Microsoft Entra: tests the connection, adds, updates, disables, restores and deletes', async () => {
  const entra = directory(portal, token, { agent: 'Microsoft Azure AD SCIM provisioning 1.0.0' })
  const find = (userName: string) =>
    entra.get(`/Users?filter=userName+eq+%22${encodeURIComponent(userName)}%22`)
  const tested = await find('0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef')
  expect(tested.body).toMatchObject({ totalResults: 0, Resources: [], startIndex: 1 })

  const userName = 'Test_User_ab6490ee@northwind.test'
  expect((await find(userName)).body.totalResults).toBe(0)
  const added = await entra.call('POST', '/Users', {
    schemas: [core, enterprise],
    externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
    userName,
    active: true,
    addresses: null,
    displayName: 'Test User',
    emails: [{ primary: true, type: 'work', value: 'test.user@northwind.test' }],
    meta: { resourceType: 'User' },
    name: { formatted: 'givenName familyName', familyName: 'familyName', givenName: 'givenName' },
    phoneNumbers: [
      { primary: true, type: 'mobile', value: '+1 4155550123' },
      { type: 'work', value: 'extension 12' },
    ],
    roles: [],
    title: null,
    [enterprise]: { department: 'bob', manager: null },
  })
  expect(added.status).toBe(201)
  const { id } = added.body
  expect((await find(userName)).body).toMatchObject({ totalResults: 1, Resources: [{ id, active: true }] })
  expect(
    (await entra.get('/Users?filter=externalId%20eq%20%220a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef%22')).body
      .totalResults,
  ).toBe(1)

  const updated = await entra.call('PATCH', `/Users/${id}`, {
    schemas: patchOp,
    Operations: [
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'updated.user@northwind.test' },
      { op: 'Replace', path: 'name.familyName', value: 'updatedFamilyName' },
      { op: 'Add', path: 'displayName', value: 'Test Updated' },
      { op: 'Replace', path: 'phoneNumbers[type eq "work"].value', value: 'extension 13' },
      { op: 'Add', path: 'addresses[type eq "work"].country', value: 'GB' },
      { op: 'Add', path: `${enterprise}:department`, value: 'Sales' },
    ],
  })
  expect(updated.status).toBe(200)
  expect(updated.body).toMatchObject({
    displayName: 'Test Updated',
    emails: [{ type: 'work', value: 'updated.user@northwind.test', primary: true }],
    name: { familyName: 'updatedFamilyName', givenName: 'givenName' },
    phoneNumbers: [
      { primary: true, type: 'mobile', value: '+1 4155550123' },
      { type: 'work', value: 'extension 13' },
    ],
  })

  const renamed = 'renamed@northwind.test'
  await entra.call('PATCH', `/Users/${id}`, {
    schemas: patchOp,
    Operations: [{ op: 'Replace', path: 'userName', value: renamed }],
  })
  // The directory calls them otherwise; where mail goes did not change.
  expect((await find(renamed)).body.Resources[0].emails[0].value).toBe('updated.user@northwind.test')

  const set = (active: string) =>
    entra.call('PATCH', `/Users/${id}`, {
      schemas: patchOp,
      Operations: [{ op: 'Replace', path: 'active', value: active }],
    })
  expect((await set('False')).body.active).toBe(false)
  expect((await find(renamed)).body.Resources[0].active).toBe(false)
  expect((await set('True')).body.active).toBe(true)
  expect((await entra.delete(id)).status).toBe(204)
  expect((await entra.get(`/Users/${id}`)).status).toBe(404)
})

/** Several attributes in one value without a path, as Entra sends with the feature flag aadOptscim062020 off. */
test('Microsoft Entra: attributes with dots in a value without a path', async () => {
  const entra = directory(portal, token)
  const { id } = (await entra.find('userName eq "grace@northwind.test"')).body.Resources[0]
  const { status, body } = await entra.patch(id, [
    {
      op: 'replace',
      value: {
        displayName: 'Grace L.',
        'name.givenName': 'Grace',
        'name.familyName': 'Lindqvist',
        'emails[type eq "work"].value': 'grace@northwind.test',
        [`${enterprise}:employeeNumber`]: '7',
      },
    },
  ])
  expect(status).toBe(200)
  expect(body).toMatchObject({
    displayName: 'Grace L.',
    name: { givenName: 'Grace', familyName: 'Lindqvist' },
  })
})

/** Requests as developer.okta.com shows them under "Okta and SCIM Version 2.0". */
test('Okta: tests the connection, adds, updates by PUT, deactivates by PATCH and by PUT', async () => {
  const okta = directory(portal, token, { agent: 'Okta SCIM Client 1.0.0' })
  expect((await okta.get('/Users?startIndex=1&count=2')).body).toMatchObject({
    totalResults: 7,
    itemsPerPage: 2,
  })
  expect((await okta.get('/Groups?startIndex=1&count=100')).body.Resources).toEqual([])
  const userName = 'test.user@northwind.test'
  expect(
    (await okta.get(`/Users?filter=userName%20eq%20%22${userName}%22&startIndex=1&count=100`)).body
      .totalResults,
  ).toBe(0)
  const sent = {
    schemas: [core],
    userName,
    name: { givenName: 'Test', familyName: 'User' },
    emails: [{ primary: true, value: userName, type: 'work' }],
    displayName: 'Test User',
    locale: 'en-US',
    externalId: '00ujl29u0le5T6Aj10h7',
    groups: [],
    password: '1mz050nq',
    active: true,
  }
  const added = await okta.call('POST', '/Users', sent)
  expect(added.status).toBe(201)
  expect(JSON.stringify(added.body)).not.toContain(sent.password)
  const { id, meta } = added.body

  const read = await okta.get(`/Users/${id}`)
  expect(read.body).toEqual(added.body)
  const put = await okta.call('PUT', `/Users/${id}`, {
    ...sent,
    id,
    meta,
    name: { givenName: 'Another', middleName: 'Excited', familyName: 'User' },
    displayName: 'Another User',
  })
  expect(put.body).toMatchObject({
    displayName: 'Another User',
    name: { givenName: 'Another' },
    active: true,
  })

  const off = await okta.call('PATCH', `/Users/${id}`, {
    schemas: patchOp,
    Operations: [{ op: 'replace', value: { active: false } }],
  })
  expect([off.status, off.body.active]).toEqual([200, false])
  // Assigned anew: Okta finds them and puts them back.
  const [found] = (await okta.find(`userName eq "${userName}"`)).body.Resources
  expect(found).toMatchObject({ id, active: false })
  expect((await okta.call('PUT', `/Users/${id}`, { ...sent, id, active: true })).body.active).toBe(true)
  expect((await okta.call('PUT', `/Users/${id}`, { ...sent, id, active: false })).body.active).toBe(false)
})
