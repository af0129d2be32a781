type Attribute = {
  name: string
  type: 'string' | 'boolean' | 'complex'
  multiValued: boolean
  description: string
  required: boolean
  caseExact: boolean
  mutability: 'readWrite' | 'readOnly'
  returned: 'default'
  uniqueness: 'none' | 'server'
  subAttributes?: Attribute[]
}

const attribute = (name: string, description: string, more: Partial<Attribute> = {}): Attribute => ({
  name,
  type: 'string',
  multiValued: false,
  description,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  ...more,
})

const values = (what: string): Attribute[] => [
  attribute('value', what),
  attribute('type', 'work, mobile, …'),
  attribute('primary', 'The one that counts', { type: 'boolean' }),
]

/** The attributes of a User that we keep, as RFC 7643 §7 describes attributes. */
export const userAttributes: Attribute[] = [
  attribute('userName', 'What the directory calls them; the e-mail address where no other is given', {
    required: true,
    uniqueness: 'server',
  }),
  attribute('externalId', 'Their id in the directory', { caseExact: true }),
  attribute('displayName', 'The name people read'),
  attribute('name', 'The name in its parts', {
    type: 'complex',
    subAttributes: [
      attribute('formatted', 'The whole name, where displayName is not given'),
      attribute('givenName', 'Given name'),
      attribute('familyName', 'Family name'),
    ],
  }),
  attribute('active', 'False: deactivated, all sessions ended', { type: 'boolean' }),
  attribute('emails', 'The primary one, else the one for work, is the address they sign in with', {
    type: 'complex',
    multiValued: true,
    subAttributes: values('E-mail address'),
  }),
  attribute('phoneNumbers', 'The one of type mobile is the mobile number on file', {
    type: 'complex',
    multiValued: true,
    subAttributes: values('Phone number with its calling code'),
  }),
]
