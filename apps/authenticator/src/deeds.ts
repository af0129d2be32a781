import { type Decision, decisionText, pairingText, unlinkText } from '@countersign/contract/signed'
import * as api from './api.ts'
import { hearClock, portalNow } from './device/clock.ts'
import { makeKeys, signText } from './device/keys.ts'
import { type Account, dropAccount, keepAccount } from './device/vault.ts'

/** Takes a pairing code: keys are made here, and only their public half leaves. @throws Refusal */
export const pairDevice = async (code: string, name: string): Promise<Account> => {
  const { privateKey, publicKey, tokenKey, secret } = await makeKeys()
  const signature = await signText(privateKey, pairingText(location.origin, code))
  const { account, deviceToken, now } = await api.pair({ code, publicKey, secret, name, signature })
  hearClock(now)
  const kept = { ...account, deviceToken, privateKey, tokenKey }
  await keepAccount(kept)
  return kept
}

/** Answers a request, signed. @throws Refusal */
export const answerRequest = async (account: Account, id: string, decision: Decision, number = '') => {
  const text = decisionText(location.origin, { id, number, decision })
  const signature = await signText(account.privateKey, text)
  await api.answer(account.deviceToken, id, { decision, number, signature })
}

/** Removes the account here and on the portal. @throws Refusal, and then nothing is removed */
export const unlinkDevice = async (account: Account) => {
  const at = new Date(portalNow()).toISOString()
  const signature = await signText(
    account.privateKey,
    unlinkText(location.origin, account.authenticatorId, at),
  )
  try {
    await api.unlink(account.deviceToken, { at, signature })
  } catch (error) {
    if (!(error instanceof api.Refusal) || error.code !== 'not-paired') throw error
  }
  await dropAccount(account.authenticatorId)
}

/** What a QR code or link says; null when it is not one of this portal's pairing addresses. */
export const codeIn = (text: string): string | null => {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  const [, code] = /^#pair=([\w-]{22})$/.exec(url.hash) ?? []
  return url.origin === location.origin && url.pathname.startsWith('/authenticator') ? (code ?? null) : null
}
