import { CompanyPage } from '../features/company/company-page.tsx'

/** Company Settings with what other features bring to it. */
const Company = () => <CompanyPage />

export default Company
