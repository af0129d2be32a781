import { applicationSettingsSchema } from '@countersign/contract'
import type { Db } from '../db/connect.ts'
import * as applications from '../db/stores/applications/applications.ts'
import { hashToken } from '../keys/tokens.ts'

/** Where the sandbox serves the demo applications, and the secrets it was given for them. */
export type DemoApplications = { sandboxUrl: string; secrets: { portal: string; backup: string } }

/** The relying parties of the demo data, as the operator would register them. */
const demoApplications = (sandboxUrl: string) => {
  const at = (path: string) => {
    const home = `${sandboxUrl}/apps/${path}`
    return {
      homeUrl: home,
      redirectUris: [`${home}/callback`],
      postLogoutRedirectUris: [home],
      backchannelLogoutUri: `${home}/backchannel-logout`,
    }
  }
  return {
    portal: {
      clientId: 'partner-portal',
      name: 'Partner Portal',
      colour: '#1f5f8b',
      accountTypes: ['employee'],
      ...at('portal'),
    },
    backup: { clientId: 'backup', name: 'Backup', colour: '#2f6b3a', ...at('backup') },
  }
}

export const seedApplications = async (db: Db, { sandboxUrl, secrets }: DemoApplications, now: Date) => {
  for (const [name, settings] of Object.entries(demoApplications(sandboxUrl))) {
    const secret = secrets[name as keyof typeof secrets]
    const parsed = applicationSettingsSchema.parse(settings)
    await applications.add(db, parsed, { secretHash: hashToken(secret), now })
  }
}
