/** The people of the demonstration data, as docs and help articles name them. */
export const demoPassword = 'plenty of paper clips'

export type DemoPerson = { email: string; name: string; is: string; number?: string }

export const demoPeople: readonly DemoPerson[] = [
  { email: 'ada@northwind.test', name: 'Ada', is: 'Security Admin of Northwind IT', number: '+14155550101' },
  { email: 'barbara@northwind.test', name: 'Barbara', is: 'Admin of Northwind IT', number: '+14155550103' },
  { email: 'grace@northwind.test', name: 'Grace', is: 'employee of Northwind IT', number: '+14155550102' },
  { email: 'linus@northwind.test', name: 'Linus', is: 'employee of Northwind IT' },
  { email: 'edsger@northwind.test', name: 'Edsger', is: 'employee of Northwind IT', number: '+14155550150' },
  { email: 'marie@northwind.test', name: 'Marie', is: 'employee of Northwind IT', number: '+16135550110' },
  {
    email: 'carol@client.test',
    name: 'Carol',
    is: 'client account of Northwind IT',
    number: '+447700900104',
  },
  {
    email: 'sam@contoso.test',
    name: 'Sam',
    is: 'Security Admin of Contoso Resellers',
    number: '+447700900105',
  },
  { email: 'wes@both.test', name: 'Wes', is: 'employee of both companies', number: '+447700900106' },
]

/** Numbers that the scenario `all-mobile` gives to people who have none, or a desk phone, otherwise. */
const lentNumbers: Record<string, string> = { '+14155550104': 'Linus', '+14155550106': 'Edsger' }

/** Whose phone this is, or undefined for a number nobody of the demonstration has. */
export function ownerOf(number: string): string | undefined {
  return demoPeople.find((person) => person.number === number)?.name ?? lentNumbers[number]
}

export const scenarios: readonly { name: string; means: string }[] = [
  { name: 'fresh', means: 'Everybody below, nobody enrolled.' },
  {
    name: 'all-mobile',
    means: 'Every employee has a mobile number. Ada has an authenticator app, nobody else a factor.',
  },
  { name: 'enrolled', means: 'Everybody has an authenticator app and nothing else.' },
  { name: 'required', means: 'As enrolled, and Northwind IT requires two-factor authentication.' },
  {
    name: 'duo',
    means: 'Northwind IT uses Duo. Everybody but Wes is set up there; Ada and Wes keep an app.',
  },
  { name: 'large', means: 'As enrolled, plus 5,000 employees.' },
]
