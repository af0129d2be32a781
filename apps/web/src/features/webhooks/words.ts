import type { DeliveryView, WebhookTopic, WebhookView } from '@countersign/contract/webhooks'

export const topicWords: Record<WebhookTopic, { label: string; what: string }> = {
  'sign-in': { label: 'Sign-ins', what: 'passwords, factors, applications entered, sessions ended' },
  factor: { label: 'Factors', what: 'added and removed, recovery, passwords and numbers changed' },
  employee: { label: 'Employees', what: 'invited, joined, changed, deactivated' },
  enforcement: { label: 'Enforcement', what: '2FA required, trusted networks, Duo' },
  administration: {
    label: 'Administration',
    what: 'webhooks, directories, audit exports, recovery settings',
  },
}

export const topicsText = ({ topics }: WebhookView): string =>
  topics.map((topic) => topicWords[topic].label).join(', ')

const silence: Record<NonNullable<DeliveryView['error']>, string> = {
  timeout: 'no answer within 10 seconds',
  address: 'its name leads to an address we do not call',
  connection: 'could not be reached',
  certificate: 'its certificate is not trusted',
}

/** "answered 500", "no answer within 10 seconds". */
export const answerText = ({ state, status, error }: DeliveryView): string => {
  if (status !== null) return `answered ${status}`
  if (error) return silence[error]
  return state === 'failed' ? 'not sent' : 'not sent yet'
}
