import type { AuthenticatorView, SecurityView } from '@countersign/contract/session'
import { appFactor } from '@countersign/contract/sign-in'

export const app: AuthenticatorView = {
  id: '019aa8c5-0000-7000-8000-000000000001',
  factor: appFactor,
  label: 'Authenticator app',
  name: 'Work phone',
  icon: 'app',
  strength: 2,
  addedAt: '2026-10-03T09:00:00Z',
  lastUsedAt: '2026-10-12T09:00:00Z',
  locked: false,
}

export const phone: AuthenticatorView = {
  ...app,
  id: '019aa8c5-0000-7000-8000-000000000002',
  factor: 'phone',
  label: 'Text or call',
  name: '+1 ••• ••• ••02',
  icon: 'phone',
  strength: 1,
  lastUsedAt: '2026-10-11T09:00:00Z',
}

const offers: SecurityView['offers'] = [
  {
    factor: appFactor,
    label: 'Third Party Authenticator App',
    sentence: 'Six digits from any app.',
    icon: 'app',
    strength: 2,
  },
  {
    factor: 'phone',
    label: 'Text message or phone call',
    sentence: 'A code to your phone number.',
    icon: 'phone',
    strength: 1,
  },
]

export const secured: SecurityView = {
  secured: true,
  strongest: 'Authenticator app',
  authenticators: [app, phone],
  recoveryCodes: { left: 8, of: 10, madeAt: '2026-10-03T09:00:00Z' },
  requirement: null,
  offers,
  reminder: null,
}

export const unsecured: SecurityView = {
  ...secured,
  secured: false,
  strongest: null,
  authenticators: [],
  recoveryCodes: null,
}

/** The question an app answers with six digits. */
export const appChallenge = {
  id: '019aa8c5-0000-7000-8000-00000000000c',
  purpose: 'step-up',
  factor: appFactor,
  prompt: {
    kind: 'enter-code',
    title: 'Enter the code from your app',
    lead: 'Open your authenticator app.',
    destination: null,
    alphabet: 'digits',
    length: 6,
    sends: [],
    sameCode: false,
    expiresIn: null,
    triesLeft: 5,
  },
}
