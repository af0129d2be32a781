import { CompanyPage } from '../features/company/company-page.tsx'
import { RecoveryCard } from '../features/recovery/company/recovery-card.tsx'

/** Company Settings with what other features bring to it. */
const Company = () => <CompanyPage recovery={<RecoveryCard id="recovery" />} />

export default Company
