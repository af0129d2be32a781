import type { DuoKeys } from '@countersign/core/gateways/duo/duo'
import { z } from 'zod'

const schema = z.object({
  duo: z.object({ integrationKey: z.string(), secretKey: z.string(), apiHostname: z.string() }),
})

/** The keys that the sandbox's Duo gives away; null when it does not answer. */
export const sandboxDuoKeys = async (sandboxUrl: string): Promise<DuoKeys | null> => {
  try {
    const answer = await fetch(`${sandboxUrl}/api/credentials`, { signal: AbortSignal.timeout(3000) })
    const { duo } = schema.parse(await answer.json())
    return { integrationKey: duo.integrationKey, secretKey: duo.secretKey, apiHost: duo.apiHostname }
  } catch {
    return null
  }
}
