import { resumeImports, runImport } from '@countersign/core/employees/import/run-import'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Browser, testPortal } from '../testing/portal.ts'
import { signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
beforeEach(() => portal.play('enrolled'))

type Body = string | Uint8Array<ArrayBuffer>

/** Hands a file in as the page does; the queue is the test's to run. */
const handIn = async (web: Browser, body: Body) => {
  const response = await portal.app.request('https://portal.test/api/employees/imports', {
    method: 'POST',
    headers: {
      origin: 'https://portal.test',
      'content-type': 'text/csv',
      cookie: [...web.jar].map(([name, value]) => `${name}=${value}`).join('; '),
    },
    body,
  })
  const answer = (await response.json()) as { id: string; code: string; detail: string }
  return { status: response.status, body: answer }
}

const textOf = async (web: Browser, path: string) => {
  const response = await portal.app.request(`https://portal.test${path}`, {
    headers: { cookie: [...web.jar].map(([name, value]) => `${name}=${value}`).join('; ') },
  })
  return {
    status: response.status,
    headers: response.headers,
    text: Buffer.from(await response.arrayBuffer()).toString(),
  }
}

/** Imports to the end. @returns how it ended and the lines of the file of errors below its header */
const importAll = async (web: Browser, body: Body) => {
  const begun = await handIn(web, body)
  expect(begun.status).toBe(202)
  await runImport(portal.deps, begun.body.id)
  const view = (await web.get(`/api/employees/imports/${begun.body.id}`)).body
  const errors = await textOf(web, `/api/employees/imports/${begun.body.id}/errors.csv`)
  return { view, errors: errors.text.trim().split('\r\n').slice(1) }
}

const members = async () => {
  const rows = await portal.owner<{ email: string }[]>`
    select p.email from memberships m join persons p on p.id = m.person_id where m.joined_at is null order by p.email`
  return rows.map((row) => row.email)
}

describe('import', () => {
  test('good rows land with an invitation, the others come back with their reasons', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const { view, errors } = await importAll(
      ada,
      [
        'Name,E-mail,Mobile number,Country,Role,Account type,Cost centre',
        'Nora Berg,nora@northwind.test,14155550111,,Admin,Employee,7',
        '"Öberg, ""Åsa""",asa@northwind.test,4155550112,us,,,',
        ',nameless@northwind.test,,,,,',
        'Bad Mail,not-an-address,,,,,',
        'Dashes,dashes@northwind.test,415-555-0113,US,,,',
        'No Number,odd@northwind.test,12,,,,',
        'Odd Role,role@northwind.test,,,Emperor,,',
        'Odd Type,type@northwind.test,,,,Robot,',
        'Client Admin,client@northwind.test,,,Admin,Client,',
        'Grace,grace@northwind.test,,,,,',
        'Nora Again,NORA@northwind.test,,,,,',
        '=HYPERLINK(evil),,,,,,',
        'Short',
      ].join('\r\n'),
    )
    expect(view).toMatchObject({ total: 13, landed: 2, refused: 11 })
    expect(view.finishedAt).not.toBeNull()
    expect(await members()).toEqual(['asa@northwind.test', 'nora@northwind.test'])
    const reasons = errors.map((line) => line.split(',').slice(0, 2).join(','))
    expect(reasons).toEqual(
      [
        '4,Name: one line of up to 120 characters is needed.',
        '5,E-mail: that is not an e-mail address.',
        '6,"Mobile number: digits only',
        '7,Mobile number: not a phone number. Write the calling code first',
        '8,"Role: one of Employee',
        '9,Account type: Employee or Client.',
        '10,A client account holds no admin role.',
        '11,This person belongs to the company already.',
        '12,This person belongs to the company already.',
        '13,E-mail: that is not an e-mail address.',
        '14,E-mail: that is not an e-mail address.',
      ].map((line) => (line.startsWith('7') ? `7,"${line.slice(2)}` : line)),
    )
    expect(errors[9]).toContain(`'=HYPERLINK`)
    const [asa] = await portal.owner`
      select m.invited_name, m.mobile_number from memberships m join persons p on p.id = m.person_id
      where p.email = 'asa@northwind.test'`
    expect(asa).toEqual({ invitedName: 'Öberg, "Åsa"', mobileNumber: '+14155550112' })
    const mails =
      await portal.owner`select recipient from mails where template = 'invitation' order by recipient`
    expect(mails.map((one) => one.recipient)).toEqual(['asa@northwind.test', 'nora@northwind.test'])
  })

  test('the file of errors can be put right and handed in as it is', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const begun = await handIn(ada, 'Name,E-mail\nNora,nora-northwind.test\n')
    await runImport(portal.deps, begun.body.id)
    const { text } = await textOf(ada, `/api/employees/imports/${begun.body.id}/errors.csv`)
    const { view } = await importAll(ada, text.replace('nora-northwind.test', 'nora@northwind.test'))
    expect(view).toMatchObject({ landed: 1, refused: 0 })
  })

  const rows = 'Name;E-mail\nÅsa Öberg;asa@northwind.test\n'
  const utf16 = (text: string) => new Uint8Array([0xff, 0xfe, ...Buffer.from(text, 'utf16le')])
  test.each<[string, Body]>([
    ['UTF-8', rows],
    ['UTF-8 with a mark', `\uFEFF${rows}`],
    ['UTF-16 as Excel writes it', utf16(rows)],
    ['Windows-1252', new Uint8Array(Buffer.from(rows, 'latin1'))],
    ['tabs', rows.replaceAll(';', '\t')],
    ['commas', rows.replaceAll(';', ',')],
    ['CRLF and blank lines', `${rows.replaceAll('\n', '\r\n')}\r\n\r\n`],
    ['CR alone', rows.replaceAll('\n', '\r')],
    ['no last line end', rows.trimEnd()],
    ['other words and order', 'E-mail address,Full name\nasa@northwind.test,Åsa Öberg'],
  ])('reads %s', async (_, body) => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    expect((await importAll(ada, body)).view).toMatchObject({ landed: 1, refused: 0 })
    const [row] = await portal.owner`select invited_name from memberships where invited_name is not null`
    expect(row?.invitedName).toBe('Åsa Öberg')
  })

  test.each<[string, Body]>([
    ['nothing', ''],
    ['a header alone', 'Name,E-mail\n'],
    ['no header', 'Nora,nora@northwind.test\n'],
    ['one column twice', 'Name,E-mail,email\na,b@c.test,d\n'],
    ['an open quotation mark', 'Name,E-mail\n"Nora,nora@northwind.test\n'],
    ['a stray quotation mark', 'Name,E-mail\nNo"ra",nora@northwind.test\n'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13])],
    ['too many rows', `Name,E-mail\n${'a,b@c.test\n'.repeat(20_001)}`],
  ])('refuses %s whole, and says why', async (_, body) => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const answer = await handIn(ada, body)
    expect([answer.status, answer.body.code]).toEqual([422, 'csv-unreadable'])
    expect(answer.body.detail).toMatch(/\.$/)
    expect(await members()).toEqual([])
  })

  test('has its own size limit, and other routes keep theirs', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    expect((await handIn(ada, `Name,E-mail\n${'x'.repeat(6 * 1024 * 1024)}`)).status).toBe(413)
    const big = { ids: [], padding: 'x'.repeat(20_000) }
    expect((await ada.post('/api/employees/reminders', big)).status).toBe(413)
  })

  test('interrupted half way it goes on, without doubles and without gaps', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const people = Array.from({ length: 70 }, (_, n) => `Person ${n},person${n}@northwind.test`)
    const begun = await handIn(ada, `Name,E-mail\n${people.join('\n')}\n`)
    // The process dies in the third batch: its transaction is gone, the two before it stand.
    let begins = 0
    const dying = new Proxy(portal.deps.sql, {
      get: (sql, key) => {
        if (key !== 'begin') return Reflect.get(sql, key)
        return (work: (tx: unknown) => Promise<unknown>) =>
          sql.begin(async (tx) => {
            const done = await work(tx)
            begins += 1
            if (begins === 3) throw new Error('killed')
            return done
          })
      },
    })
    await expect(runImport({ ...portal.deps, sql: dying }, begun.body.id)).rejects.toThrow('killed')
    expect(await members()).toHaveLength(40)
    expect((await ada.get('/api/employees/imports/latest')).body).toMatchObject({
      landed: 40,
      finishedAt: null,
    })
    // Two runners at once, as after a restart: each row lands once.
    await Promise.all([runImport(portal.deps, begun.body.id), runImport(portal.deps, begun.body.id)])
    expect(await members()).toHaveLength(70)
    const [mails] = await portal.owner`select count(*)::int as n from mails where template = 'invitation'`
    expect(mails?.n).toBe(70)
    expect((await ada.get('/api/employees/imports/latest')).body).toMatchObject({ landed: 70, refused: 0 })
    const events = await portal.owner`select detail from audit_events where event = 'employees.imported'`
    expect(events.map((one) => one.detail)).toEqual([{ total: 70, landed: 70, refused: 0 }])
  })

  test('what stands still is put into the queue again', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    await handIn(ada, 'Name,E-mail\nNora,nora@northwind.test\n')
    const queued = async () => {
      const [row] = await portal.owner`
        select count(*)::int as n from graphile_worker._private_jobs j
        join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'import'`.catch(
        () => [],
      )
      return row?.n as number | undefined
    }
    const before = await queued()
    await resumeImports(portal.deps)
    expect(await queued()).toBe(before)
    portal.clock.moveTo(120_000)
    await resumeImports(portal.deps)
    portal.clock.moveTo(0)
    if (before !== undefined) expect(await queued()).toBe(before + 1)
  })

  test('an admin who lost the role meanwhile adds nobody', async () => {
    const barbara = await signedIn(portal, 'barbara@northwind.test')
    const begun = await handIn(barbara, 'Name,E-mail,Role\nNora,nora@northwind.test,\n')
    await portal.owner`update memberships set role = 'employee' where role = 'admin'`
    await runImport(portal.deps, begun.body.id)
    expect(await members()).toEqual([])
  })

  test('A-60 an admin who loses the role while it runs adds nobody from there on', async () => {
    const barbara = await signedIn(portal, 'barbara@northwind.test')
    const rows = Array.from({ length: 50 }, (_, at) => `Person ${at},person${at}@northwind.test`)
    const begun = await handIn(barbara, `Name,E-mail\n${rows.join('\n')}\n`)
    const overtaken = new Proxy(portal.deps.sql, {
      get: (sql, key) =>
        key !== 'begin'
          ? Reflect.get(sql, key)
          : async (work: Parameters<typeof sql.begin>[1]) => {
              const done = await sql.begin(work as never)
              await portal.owner`update memberships set role = 'employee' where role = 'admin'`
              return done
            },
    })
    await runImport({ ...portal.deps, sql: overtaken }, begun.body.id)
    expect(await members()).toHaveLength(20)
    const view = (await (await signedIn(portal, 'ada@northwind.test')).get('/api/employees/imports/latest'))
      .body
    expect(view).toMatchObject({ landed: 20, refused: 30 })
  })

  test('A-60 role escalation: a row does not get more than the admin has', async () => {
    const barbara = await signedIn(portal, 'barbara@northwind.test')
    const { view } = await importAll(barbara, 'Name,E-mail,Role\nNora,nora@northwind.test,Security Admin\n')
    expect(view).toMatchObject({ landed: 0, refused: 1 })
  })

  test('A-58 cross-tenant id swap: an import of another company is not there', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const begun = await handIn(ada, 'Name,E-mail\nNora,x\n')
    const sam = await signedIn(portal, 'sam@contoso.test')
    expect((await sam.get(`/api/employees/imports/${begun.body.id}`)).status).toBe(404)
    expect((await sam.get(`/api/employees/imports/${begun.body.id}/errors.csv`)).status).toBe(404)
    expect((await sam.get('/api/employees/imports/latest')).body).toBeNull()
  })
})

describe('export', () => {
  test('is everybody the filters show, and harmless in a spreadsheet', async () => {
    await portal.owner`update persons set name = '=cmd|calc!A1' where email = 'grace@northwind.test'`
    const ada = await signedIn(portal, 'ada@northwind.test')
    const { status, headers, text } = await textOf(ada, '/api/employees/export.csv?type=employee')
    expect(status).toBe(200)
    expect(headers.get('content-disposition')).toBe('attachment; filename="employees.csv"')
    const lines = text.trimEnd().split('\r\n')
    expect(lines[0]).toBe('\uFEFFName,E-mail,Mobile number,Role,Account type,2FA status,Since,Last sign-in')
    expect(lines).toHaveLength(8)
    expect(lines[1]).toMatch(/^'=cmd\|calc!A1,grace@northwind\.test,14155550102,Employee,Employee,Secured,,$/)
    expect(text).not.toContain('carol@client.test')
    const [event] = await portal.owner`select detail from audit_events where event = 'employees.exported'`
    expect(event?.detail).toMatchObject({ searched: false })
  })

  test('comes back through an import as it went', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const { text } = await textOf(ada, '/api/employees/export.csv')
    await portal.owner`delete from memberships where person_id in (select id from persons where email = 'marie@northwind.test')`
    const { view } = await importAll(ada, text)
    expect(view).toMatchObject({ landed: 1, refused: 7 })
    const [marie] = await portal.owner`
      select mobile_number, invited_name from memberships where joined_at is null`
    expect(marie).toEqual({ mobileNumber: '+16135550110', invitedName: 'Marie Tremblay' })
  })
})
