import { History, Users } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { paths } from '../../paths.ts'
import { PageHead } from '../../shells/page-head.tsx'
import { SettingsLayout } from '../../shells/settings-layout.tsx'
import { buttonClass } from '../../ui/button/button-class.ts'
import { EnrolmentCard } from './enrolment/enrolment-card.tsx'
import { NetworksCard } from './networks/networks-card.tsx'
import { RequirementCard } from './requirement/requirement-card.tsx'

const enrolment = { id: 'enrolment', label: 'Enrolment' }
const requirement = { id: 'requirement', label: 'Requiring 2FA' }
const duoSection = { id: 'duo', label: 'Duo' }
const networks = { id: 'networks', label: 'Trusted networks' }
const recoverySection = { id: 'recovery', label: 'Recovery' }
const provisioningSection = { id: 'provisioning', label: 'Provisioning' }
const webhooksSection = { id: 'webhooks', label: 'Webhooks' }

type Cards = { duo?: ReactNode; recovery?: ReactNode; provisioning?: ReactNode; webhooks?: ReactNode }

/** Company Settings. What is given are cards of other features, put here by whoever composes the page. */
export const CompanyPage = ({ duo, recovery, provisioning, webhooks }: Cards) => (
  <>
    <PageHead
      title="Company Settings"
      acts={
        <>
          <Link className={buttonClass({ size: 'sm' })} to={paths.audit}>
            <History className="i s" aria-hidden="true" />
            Audit
          </Link>
          <Link className={buttonClass({ size: 'sm' })} to={paths.employees}>
            <Users className="i s" aria-hidden="true" />
            Manage Employees
          </Link>
        </>
      }
    />
    <SettingsLayout
      sections={[
        enrolment,
        requirement,
        ...(duo ? [duoSection] : []),
        ...(recovery ? [recoverySection] : []),
        networks,
        ...(provisioning ? [provisioningSection] : []),
        ...(webhooks ? [webhooksSection] : []),
      ]}
    >
      <EnrolmentCard id="enrolment" />
      <RequirementCard id="requirement" />
      {duo}
      {recovery}
      <NetworksCard id="networks" />
      {provisioning}
      {webhooks}
    </SettingsLayout>
  </>
)
