import { parseArgs } from 'node:util'
import { rotateSigningKeys } from '@countersign/core/applications/signing-keys'
import { verifyChains } from '@countersign/core/audit/verify-chain'
import type { Deps } from '@countersign/core/deps'
import { breakGlass } from '@countersign/core/operator/break-glass'
import { createCompany } from '@countersign/core/operator/create-company'
import { listCompanies } from '@countersign/core/operator/list-companies'
import { reseal } from '@countersign/core/operator/reseal'
import { applicationCommands, applicationOptions, applicationUsage } from './cli/applications.ts'
import { counted } from './cli/counted.ts'
import { Refusal } from './cli/refusal.ts'
import { createDeps } from './deps.ts'
import { parseEnv } from './env.ts'

const usage = `countersign <command>, with the same environment as the portal

  company create <name> --email <address> --name <person>   a company and its first Security Admin
  company list                                              companies, people, who can act
  company break-glass <name> --email <address> --name <person>
                                                            a new start where no Security Admin can act
  keys reseal                                               seal old records under the first key of SEALING_KEYS
  signing-keys rotate                                       new keys for the tokens of applications; the old ones fade out
  audit verify                                              check every chain; names the first broken row
${applicationUsage}`

type Typed = { words: string[]; email: string | undefined; name: string | undefined }

const adminOf = ({ email, name }: Typed) => {
  if (!email?.includes('@') || !name) throw new Refusal('Say who with --email and --name.')
  return { email, name }
}

const nameOf = ({ words }: Typed): string => {
  const [name] = words
  if (!name) throw new Refusal('Name the company.')
  return name
}

const commands: Record<string, (deps: Deps, typed: Typed) => Promise<string>> = {
  'company create': async (deps, typed) => {
    const { id, link } = await createCompany(deps, { name: nameOf(typed), admin: adminOf(typed) })
    return `Made ${nameOf(typed)} (${id}).\nThe invitation was mailed; it works once, for 72 hours:\n${link}`
  },
  'company list': async (deps) =>
    (await listCompanies(deps.sql))
      .map(({ id, name, people, secured, requiredAt, usableAdmins }) =>
        [
          id,
          name,
          `${secured} of ${people} secured`,
          requiredAt ? '2FA required' : '2FA optional',
          usableAdmins > 0
            ? `${counted(usableAdmins, 'Security Admin')} can act`
            : 'NO SECURITY ADMIN CAN ACT',
        ].join('\t'),
      )
      .join('\n') || 'There is no company yet.',
  'company break-glass': async (deps, typed) => {
    const { link } = await breakGlass(deps, { company: nameOf(typed), admin: adminOf(typed) })
    return `Done, audited, and told to the company’s Security Admins. The way in, once:\n${link}`
  },
  'keys reseal': async (deps) =>
    Object.entries(await reseal(deps))
      .map(([table, count]) => `${table}: ${count} sealed anew`)
      .join('\n'),
  'signing-keys rotate': async (deps) => {
    const signsFrom = await rotateSigningKeys(deps)
    return `Made new keys. They are published now and sign from ${signsFrom.toISOString()}; nothing has to be restarted.`
  },
  'audit verify': async (deps) => {
    const reports = await verifyChains(deps.sql)
    const lines = reports.map(({ companyId, rows, broken }) =>
      broken
        ? `${companyId}\tBROKEN at row ${broken.seq}${broken.id ? ` (${broken.id})` : ''}: ${broken.why}`
        : `${companyId}\t${counted(rows, 'row')}, whole`,
    )
    if (reports.some(({ broken }) => broken)) throw new Refusal(lines.join('\n'))
    return lines.join('\n') || 'There is no event yet.'
  },
}

/** Each option belongs to one topic, so that a slip of the hand is told and not passed over. */
const parse = (args: string[]): ((deps: Deps) => Promise<string>) | null => {
  const isApplication = args[0] === 'application'
  const options = isApplication
    ? applicationOptions
    : ({ email: { type: 'string' }, name: { type: 'string' } } as const)
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  const [topic, verb, ...words] = positionals
  const name = `${topic} ${verb}`
  const managed = isApplication ? applicationCommands[name] : undefined
  if (managed) return (deps) => managed(deps, words, values)
  const command = commands[name]
  const { email, name: person } = values as { email?: string; name?: string }
  return command ? (deps) => command(deps, { words, email, name: person }) : null
}

const quiet = { info: () => {}, warn: console.error, error: console.error }

const run = async (args: string[]): Promise<void> => {
  if (args.length === 0 || args[0] === 'help' || args[0] === '--help') return console.log(usage)
  const command = parse(args)
  if (!command) throw new Refusal(usage)
  const { deps, mailer } = createDeps(parseEnv(process.env), quiet)
  try {
    console.log(await command(deps))
  } finally {
    mailer.close()
    await deps.sql.end({ timeout: 5 })
  }
}

run(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
