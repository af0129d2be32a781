/** Every address of the page, so that no string of a path stands anywhere else. */
export const paths = {
  home: '/',
  login: '/login',
  loginStep: (step: string) => `/login/${encodeURIComponent(step)}`,
  help: '/help',
  settings: '/settings',
  company: '/admin/company',
  employees: '/admin/employees',
  audit: '/admin/audit',
} as const
