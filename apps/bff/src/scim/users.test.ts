import { beforeEach, describe, expect, test } from 'vitest'
import { type Directory, directory, newToken } from '../testing/directory.ts'
import { deliverMails } from '../testing/mails.ts'
import { testPortal } from '../testing/portal.ts'
import { signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
const grace = 'grace@northwind.test'
let northwind: Directory

beforeEach(async () => {
  await portal.play('enrolled')
  northwind = directory(portal, await newToken(await signedIn(portal, 'ada@northwind.test')))
})

const hedy = {
  userName: 'hedy@northwind.test',
  externalId: 'e-1',
  name: { givenName: 'Hedy', familyName: 'Lamarr' },
  active: true,
}
const userOf = async (email: string) => (await northwind.find(`userName eq "${email}"`)).body.Resources[0]
const row = async (email: string) => {
  const [found] = await portal.owner`
    select p.id, p.name, m.id as membership_id, m.role, m.account_type, m.mobile_number, m.line_type, m.deactivated_at,
      m.joined_at, m.version
    from persons p join memberships m on m.person_id = p.id where lower(p.email) = ${email}`
  return found
}
const events = async () =>
  (
    await portal.owner`select event, detail from audit_events where detail ->> 'via' = 'scim' order by seq`
  ).map((one) => one.event)

describe('adding', () => {
  test('makes an employee as an invitation does, mails it, and says so in the audit', async () => {
    const added = await northwind.add({
      ...hedy,
      phoneNumbers: [{ type: 'mobile', value: '+1 (415) 555-0123' }],
    })
    expect(added.status).toBe(201)
    expect(added.headers.get('content-type')).toMatch(/^application\/scim\+json/)
    expect(added.headers.get('location')).toBe(added.body.meta.location)
    expect(added.headers.get('etag')).toBe(added.body.meta.version)
    expect(added.body).toMatchObject({
      ...hedy,
      displayName: 'Hedy Lamarr',
      emails: [{ value: 'hedy@northwind.test', type: 'work', primary: true }],
      phoneNumbers: [{ type: 'mobile', value: '+1 (415) 555-0123' }],
      meta: { resourceType: 'User' },
    })
    expect(await row(hedy.userName)).toMatchObject({
      role: 'employee',
      accountType: 'employee',
      mobileNumber: '+14155550123',
      lineType: null,
      joinedAt: null,
    })
    const [mail] = await deliverMails(portal)
    expect(mail).toMatchObject({ to: hedy.userName, subject: 'You are invited to join Northwind IT' })
    expect(mail?.text).toContain('the directory of Northwind IT has added you')
    expect(await events()).toEqual(['employee.invited'])
  })

  test('takes the primary address to be theirs, and the user name for what the directory calls them', async () => {
    const added = await northwind.add({
      ...hedy,
      userName: 'hlamarr',
      emails: [
        { type: 'home', value: 'hedy@home.test' },
        { type: 'work', value: 'Hedy@Northwind.test' },
      ],
    })
    expect(added.status).toBe(201)
    expect(await row('hedy@northwind.test')).toBeDefined()
    expect((await northwind.find('userName eq "HLAMARR"')).body.totalResults).toBe(1)
    expect(
      (await northwind.find('emails[type eq "work"].value eq "hedy@northwind.test"')).body.totalResults,
    ).toBe(1)
  })

  test('of somebody not active mails nothing until they are', async () => {
    const { body } = await northwind.add({ ...hedy, active: false })
    expect(body.active).toBe(false)
    expect(await deliverMails(portal)).toEqual([])
    const patched = await northwind.patch(body.id, [{ op: 'replace', value: { active: true } }])
    expect(patched.body.active).toBe(true)
    expect((await deliverMails(portal)).map((mail) => mail.to)).toEqual([hedy.userName])
  })

  test.each([
    ['a member', { ...hedy, userName: 'GRACE@northwind.test' }],
    ['a client account', { ...hedy, userName: 'carol@client.test' }],
    ['an address that is taken', { ...hedy, emails: [{ value: grace }] }],
  ])('%s is there already: 409 uniqueness', async (_, user) => {
    const { status, body } = await northwind.add(user)
    expect([status, body.status, body.scimType]).toEqual([409, '409', 'uniqueness'])
    expect(body.detail).toBe('This person belongs to the company already.')
    expect(body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error'])
  })

  test.each([
    ['a user name that is no address, without one', { userName: 'hlamarr' }],
    ['a premium number', { phoneNumbers: [{ type: 'mobile', value: '+449098790000' }] }],
    ['a number without its calling code', { phoneNumbers: [{ type: 'mobile', value: '0171 1234567' }] }],
    ['a name of two lines', { displayName: 'Hedy\nLamarr' }],
    ['an active that is neither', { active: 'perhaps' }],
  ])('%s is refused: 400 invalidValue', async (_, change) => {
    const { status, body } = await northwind.add({ ...hedy, ...change })
    expect([status, body.scimType]).toEqual([400, 'invalidValue'])
    expect(await row(hedy.userName)).toBeUndefined()
  })

  test('gives no role, whatever is asked for', async () => {
    const { status } = await northwind.add({
      ...hedy,
      userType: 'admin',
      roles: [{ value: 'security_admin', primary: true }],
      role: 'security_admin',
      accountType: 'client',
    })
    expect(status).toBe(201)
    expect(await row(hedy.userName)).toMatchObject({ role: 'employee', accountType: 'employee' })
  })
})

describe('changing', () => {
  test('a name changes by its parts, where the directory gave parts', async () => {
    const { body } = await northwind.add(hedy)
    const { body: after } = await northwind.patch(body.id, [
      { op: 'Replace', path: 'name.familyName', value: 'Kiesler' },
    ])
    expect(after).toMatchObject({
      displayName: 'Hedy Kiesler',
      name: { givenName: 'Hedy', familyName: 'Kiesler' },
    })
    expect(after.meta.version).not.toBe(body.meta.version)
  })

  test('an employee’s address and number change as by an admin: both addresses are told', async () => {
    const { id } = await userOf(grace)
    const { status, body } = await northwind.patch(id, [
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'g.lindqvist@northwind.test' },
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: 'tel:+1-415-555-0109' },
    ])
    expect(status).toBe(200)
    expect(body.emails).toEqual([{ value: 'g.lindqvist@northwind.test', type: 'work' }])
    expect((await row('g.lindqvist@northwind.test'))?.mobileNumber).toBe('+14155550109')
    const told = (await deliverMails(portal)).map((mail) => `${mail.to} ${mail.subject}`)
    expect(told.filter((one) => one.includes('mail'))).toHaveLength(2)
    expect(told.some((one) => one.includes('mobile number'))).toBe(true)
  })

  test('what people changed here since is shown, and what means the same is left as the directory wrote it', async () => {
    const { body } = await northwind.add({
      ...hedy,
      phoneNumbers: [{ type: 'mobile', value: '+1 415 555 0123' }],
    })
    await portal.owner`update memberships set mobile_number = '+14155550124' where id = ${body.id}`
    const read = await northwind.get(`/Users/${body.id}`)
    expect(read.body.phoneNumbers).toEqual([{ type: 'mobile', value: '+14155550124' }])
  })

  test('a PUT without numbers leaves the number, one with none takes it away', async () => {
    const { id } = await userOf(grace)
    const same = { userName: grace, displayName: 'Grace Lindqvist' }
    await northwind.put(id, same)
    expect((await row(grace))?.mobileNumber).toBe('+14155550102')
    await northwind.put(id, { ...same, phoneNumbers: [] })
    expect((await row(grace))?.mobileNumber).toBeNull()
  })

  test('address and number of an admin are not a directory’s to change; a name is', async () => {
    const { id } = await userOf('ada@northwind.test')
    const email = { op: 'replace', path: 'userName', value: 'evil@evil.test' }
    const number = { op: 'replace', path: 'phoneNumbers', value: [{ type: 'mobile', value: '+14155550109' }] }
    expect((await northwind.patch(id, [email])).status).toBe(403)
    expect((await northwind.patch(id, [number])).status).toBe(403)
    const renamed = await northwind.patch(id, [{ op: 'replace', path: 'displayName', value: 'Ada M.' }])
    expect([renamed.status, renamed.body.displayName]).toEqual([200, 'Ada M.'])
  })

  test('a person of several companies keeps name and address', async () => {
    const { id } = await userOf('wes@both.test')
    const { status, body } = await northwind.patch(id, [{ op: 'replace', path: 'displayName', value: 'W.' }])
    expect([status, body.detail]).toEqual([409, expect.stringContaining('several companies')])
  })

  test('If-Match holds a change to the version that was read', async () => {
    const { id, meta } = await userOf(grace)
    const op = [{ op: 'replace', path: 'externalId', value: 'g-1' }]
    expect((await northwind.patch(id, op, { 'if-match': meta.version })).status).toBe(200)
    expect((await northwind.patch(id, op, { 'if-match': meta.version })).status).toBe(412)
    expect(
      (await northwind.call('DELETE', `/Users/${id}`, undefined, { 'if-match': meta.version })).status,
    ).toBe(412)
    expect((await northwind.find('externalId eq "g-1"')).body.totalResults).toBe(1)
    expect((await northwind.find('externalId eq "G-1"')).body.totalResults).toBe(0)
  })
})

describe('deactivating', () => {
  test('ends the sessions at once, and the directory lets them back in', async () => {
    const web = await signedIn(portal, grace)
    const { id } = await userOf(grace)
    const off = await northwind.patch(id, [{ op: 'Replace', path: 'active', value: 'False' }])
    expect([off.status, off.body.active]).toEqual([200, false])
    expect((await web.get('/api/session')).status).toBe(401)
    expect((await northwind.find('active eq false')).body.totalResults).toBe(1)
    const on = await northwind.patch(id, [{ op: 'Replace', path: 'active', value: 'True' }])
    expect(on.body.active).toBe(true)
    expect(await events()).toEqual(['employee.deactivated', 'employee.reactivated'])
  })

  test('the last Security Admin stays: 409 with the reason', async () => {
    const { id } = await userOf('ada@northwind.test')
    const { status, body } = await northwind.patch(id, [{ op: 'replace', value: { active: false } }])
    expect([status, body.detail]).toEqual([409, 'A company always keeps one active Security Admin.'])
    expect((await northwind.delete(id)).status).toBe(409)
    expect((await row('ada@northwind.test'))?.deactivatedAt).toBeNull()
  })

  test('nobody comes back as an admin by a directory', async () => {
    const { id } = await userOf('barbara@northwind.test')
    await northwind.patch(id, [{ op: 'replace', value: { active: false } }])
    expect(await row('barbara@northwind.test')).toMatchObject({ role: 'admin' })
    expect((await northwind.patch(id, [{ op: 'replace', value: { active: true } }])).status).toBe(200)
    expect(await row('barbara@northwind.test')).toMatchObject({ role: 'employee', deactivatedAt: null })
  })

  test('DELETE deactivates, and the directory sees nobody there until it adds them anew', async () => {
    const { id } = await userOf(grace)
    expect((await northwind.delete(id)).status).toBe(204)
    expect((await northwind.get(`/Users/${id}`)).status).toBe(404)
    expect((await northwind.delete(id)).status).toBe(404)
    expect((await northwind.find(`userName eq "${grace}"`)).body.totalResults).toBe(0)
    const again = await northwind.add({ userName: grace, displayName: 'Grace Lindqvist' })
    expect([again.status, again.body.id, again.body.active]).toEqual([201, id, true])
    expect((await row(grace))?.joinedAt).not.toBeNull()
  })

  test('who was let back in by an admin is seen again', async () => {
    const { id } = await userOf(grace)
    await northwind.delete(id)
    const ada = await signedIn(portal, 'ada@northwind.test')
    await ada.post(`/api/employees/${(await row(grace))?.id}/reactivate`)
    expect((await northwind.get(`/Users/${id}`)).body.active).toBe(true)
  })
})

describe('reading', () => {
  test('pages count from one, and a page of none only counts', async () => {
    const all = (await northwind.get('/Users')).body
    expect([all.totalResults, all.itemsPerPage, all.startIndex]).toEqual([7, 7, 1])
    const second = (await northwind.get('/Users?startIndex=3&count=2')).body
    expect(second.Resources).toEqual(all.Resources.slice(2, 4))
    expect(second).toMatchObject({ totalResults: 7, startIndex: 3, itemsPerPage: 2 })
    expect((await northwind.get('/Users?count=0')).body).toMatchObject({ totalResults: 7, Resources: [] })
    expect((await northwind.get('/Users?startIndex=-5&count=abc')).body.startIndex).toBe(1)
    expect((await northwind.get('/Users?startIndex=99999999999')).body).toMatchObject({
      totalResults: 7,
      Resources: [],
    })
  })

  test.each([
    ['userName eq "Grace@Northwind.Test"', 1],
    ['USERNAME Eq "grace@northwind.test"', 1],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "grace@northwind.test"', 1],
    ['userName sw "grace" or userName sw "linus"', 2],
    ['userName ew "@northwind.test" and not (userName co "a")', 2],
    ['displayName co "lind"', 1],
    ['externalId pr', 0],
    ['not (externalId pr)', 7],
    ['externalId ne "x"', 7],
    ['active eq true', 7],
    ['active eq "False"', 0],
    ['phoneNumbers[type eq "mobile" and value sw "+1415"]', 4],
    ['emails.value eq "grace@northwind.test"', 1],
    ['meta.created lt "2000-01-01T00:00:00Z"', 0],
    ['meta.created ge "2000-01-01T00:00:00Z"', 7],
    ['userName eq "carol@client.test"', 0],
    ['userName eq "sam@contoso.test"', 0],
    ['userName co "%"', 0],
    ['userName co "_"', 0],
  ])('%s finds %i', async (filter, count) => {
    const { status, body } = await northwind.find(filter)
    expect(status).toBe(200)
    expect(body.totalResults).toBe(count)
  })

  test('shows only what is asked for', async () => {
    const { id } = await userOf(grace)
    const some = await northwind.get(`/Users/${id}?attributes=userName,emails.value`)
    expect(Object.keys(some.body).sort()).toEqual(['emails', 'id', 'schemas', 'userName'])
    expect(some.body.emails).toEqual([{ value: grace }])
    const rest = await northwind.get(`/Users/${id}?excludedAttributes=emails,meta`)
    expect(rest.body).not.toHaveProperty('emails')
    expect(rest.body).toHaveProperty('displayName')
  })

  test('says what it can do', async () => {
    const config = await northwind.get('/ServiceProviderConfig')
    expect(config.body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      etag: { supported: true },
    })
    expect((await northwind.get('/ResourceTypes')).body.Resources[0]).toMatchObject({ endpoint: '/Users' })
    const schema = (await northwind.get('/Schemas')).body.Resources[0]
    expect((await northwind.get(`/Schemas/${schema.id}`)).body).toEqual(schema)
    expect((await northwind.get('/Groups')).body.totalResults).toBe(0)
    expect((await northwind.get('/Nonsense')).status).toBe(404)
  })
})
