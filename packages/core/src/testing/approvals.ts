import type { ApprovalRequest, Approvals, PairedDevice } from '../gateways/approvals.ts'

/** Devices that pair and answer when the test says so. */
export const fakeApprovals = (now: () => Date) => {
  const paired = new Map<string, PairedDevice>()
  const requests: (ApprovalRequest & {
    id: string
    decision: 'approved' | 'denied' | null
    over: boolean
  })[] = []
  const find = (id: string) => requests.find((one) => one.id === id)
  const approvals: Approvals = {
    openPairing: async ({ authenticatorId }) => {
      paired.delete(authenticatorId)
      return { ok: true, code: `code-of-${authenticatorId}` }
    },
    paired: async (authenticatorId) => paired.get(authenticatorId) ?? null,
    ask: async (request) => {
      const id = `request-${requests.length}`
      requests.push({ ...request, id, decision: null, over: false })
      return { ok: true, id }
    },
    decision: async (id) => {
      const request = find(id)
      if (request?.decision) return request.decision
      if (!request || request.over) return 'over'
      return now().getTime() < request.now.getTime() + request.life ? 'waiting' : 'over'
    },
    withdraw: async (id) => {
      const request = find(id)
      if (request) request.over = true
    },
  }
  return {
    approvals,
    requests,
    pair: (authenticatorId: string, device: PairedDevice) => paired.set(authenticatorId, device),
    decide: (id: string, decision: 'approved' | 'denied') => {
      const request = find(id)
      if (request) request.decision = decision
    },
  }
}
