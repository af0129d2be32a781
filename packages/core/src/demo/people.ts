import type { AccountType, Role } from '@countersign/contract'

export type DemoPerson = {
  email: string
  name: string
  companies: string[]
  role: Role
  accountType: AccountType
  mobileNumber: string | null
}

export const demoPassword = 'plenty of paper clips'

export const northwind = 'Northwind IT'
export const contoso = 'Contoso Resellers'

const person = (
  email: string,
  name: string,
  mobileNumber: string | null,
  rest: Partial<DemoPerson> = {},
): DemoPerson => ({
  email,
  name,
  companies: [northwind],
  role: 'employee',
  accountType: 'employee',
  mobileNumber,
  ...rest,
})

/** The people of the demo data, none of them enrolled at first. */
export const demoPeople: DemoPerson[] = [
  person('ada@northwind.test', 'Ada Moreau', '+14155550101', { role: 'security_admin' }),
  person('barbara@northwind.test', 'Barbara Quist', '+14155550103', { role: 'admin' }),
  person('grace@northwind.test', 'Grace Lindqvist', '+14155550102'),
  person('linus@northwind.test', 'Linus Okafor', null),
  person('edsger@northwind.test', 'Edsger Visser', '+14155550150'),
  person('marie@northwind.test', 'Marie Tremblay', '+16135550110'),
  person('carol@client.test', 'Carol Whitmore', '+447700900104', { accountType: 'client' }),
  person('sam@contoso.test', 'Sam Osei', '+447700900105', { companies: [contoso], role: 'security_admin' }),
  person('wes@both.test', 'Wes Both', '+447700900106', { companies: [northwind, contoso] }),
]

/** Made-up employees for the scenario that needs thousands; the names repeat, the addresses do not. */
export const manyPeople = (count: number): DemoPerson[] =>
  Array.from({ length: count }, (_, index) => {
    const first =
      ['Ines', 'Tomás', 'Yuki', 'Priya', 'Olu', 'Freya', 'Mateo', 'Noor', 'Liam', 'Zofia'][index % 10] ?? ''
    const last =
      ['Duarte', 'Abreu', 'Tanaka', 'Nair', 'Adeyemi', 'Berg', 'Rojas', 'Haddad', 'Walsh', 'Nowak'][
        Math.floor(index / 10) % 10
      ] ?? ''
    const number = String(index).padStart(5, '0')
    return person(`employee${number}@northwind.test`, `${first} ${last} ${number}`, null)
  })
