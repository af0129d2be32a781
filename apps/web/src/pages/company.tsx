import { CompanyPage } from '../features/company/company-page.tsx'
import { DuoCard } from '../features/duo/duo-card.tsx'
import { ProvisioningCard } from '../features/provisioning/provisioning-card.tsx'
import { RecoveryCard } from '../features/recovery/company/recovery-card.tsx'
import { WebhooksCard } from '../features/webhooks/webhooks-card.tsx'

/** Company Settings with what other features bring to it. */
const Company = () => (
  <CompanyPage
    duo={<DuoCard id="duo" />}
    recovery={<RecoveryCard id="recovery" />}
    provisioning={<ProvisioningCard id="provisioning" />}
    webhooks={<WebhooksCard id="webhooks" />}
  />
)

export default Company
