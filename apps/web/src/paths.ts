/** Every address of the page, so that no string of a path stands anywhere else. */
export const paths = {
  home: '/',
  login: '/login',
  /** Whatever the sign-in asks next. */
  next: '/login/next',
  /** The ways to prove, or the factors to enrol. */
  choose: '/login/choose',
  lostPhone: '/login/lost-phone',
  newPhone: '/login/new-phone',
  setPassword: '/login/set-password',
  challenge: (id: string) => `/login/challenge/${id}`,
  forgotten: '/forgotten-password',
  // Mailed links carry their secret behind a #, which no server and no Referer ever sees.
  resetPassword: '/reset-password',
  confirmEmail: '/confirm-email',
  notMe: '/not-me',
  cancelPhoneChange: '/cancel-phone-change',
  invitation: '/invitation',
  help: '/help',
  /** On the way into an application, and where its errors and sign-outs are said. */
  enter: (uid: string) => `/enter/${uid}`,
  /** The same for an address behind forward authentication. */
  enterSite: '/enter-site',
  enterProblem: '/enter-problem',
  signOut: '/sign-out',
  settings: '/settings',
  enrol: (id: string) => `/settings/enrol/${id}`,
  company: '/admin/company',
  /** The rehearsal, before it is required. */
  requirement: '/admin/company/require',
  /** "2FA Set Up", and what a reset did. */
  duo: '/admin/company/duo',
  duoReset: '/admin/company/duo/reset',
  /** Where Duo sends the browser back to. */
  duoCallback: '/duo/callback',
  employees: '/admin/employees',
  /** Their dialog, over the table. */
  employee: (id: string) => `/admin/employees?edit=${id}`,
  audit: '/admin/audit',
} as const
