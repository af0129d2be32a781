import { styleText } from 'node:util'

interface Welcome {
  portal: string
  sandbox: string
  home: string
  seconds: number
}

const people = [
  ['ada@northwind.test', 'Security Admin of Northwind IT'],
  ['barbara@northwind.test', 'Admin of Northwind IT'],
  ['grace@northwind.test', 'employee of Northwind IT'],
  ['linus@northwind.test', 'employee, no phone number'],
  ['edsger@northwind.test', 'employee, desk phone'],
  ['marie@northwind.test', 'employee, Canadian number'],
  ['carol@client.test', 'client account of Northwind IT'],
  ['sam@contoso.test', 'Security Admin of Contoso Resellers'],
  ['wes@both.test', 'employee of both companies'],
] as const

/** What a newcomer needs to know once everything runs. */
export function welcome({ portal, sandbox, home, seconds }: Welcome): string {
  const bold = (text: string) => styleText('bold', text)
  const row = (name: string, value: string) => `  ${name.padEnd(26)}${value}`
  return [
    '',
    `${bold('Countersign is ready')} (${seconds.toFixed(1)} s)`,
    '',
    row('Portal', bold(portal)),
    row('Sandbox', `${bold(sandbox)}  its texts, calls and mail`),
    row('Partner Portal', `${sandbox}/apps/portal  an application to enter`),
    row('Backup', `${sandbox}/apps/backup  another, for client accounts too`),
    '',
    `  Sign in as, with the password ${bold('plenty of paper clips')}:`,
    ...people.map(([email, who]) => row(email, who)),
    '',
    row('Data and logs', home),
    row('Stop', 'Ctrl-C'),
    '',
  ].join('\n')
}
