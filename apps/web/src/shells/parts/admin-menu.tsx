import type { Role } from '@countersign/contract/session'
import { Building2, ChevronDown, Users } from 'lucide-react'
import { Link, useLocation } from 'react-router'
import { paths } from '../../paths.ts'
import { cx } from '../../ui/cx.ts'
import { Menu, MenuItem } from '../../ui/overlay/menu.tsx'

const onlySecurityAdmins = 'For Security Admins only'

/** The "Admin" tab. What an admin may see but not use says why. */
export const AdminMenu = ({ role }: { role: Role }) => {
  const here = useLocation().pathname.startsWith('/admin')
  const reason = role === 'security_admin' ? undefined : onlySecurityAdmins
  return (
    <Menu
      opener={
        <button type="button" className={cx(here && 'here')}>
          Admin
          <ChevronDown className="i s" aria-hidden="true" />
        </button>
      }
    >
      <MenuItem icon={Building2} reason={reason} link={(item) => <Link to={paths.company} {...item} />}>
        Company Settings
      </MenuItem>
      <MenuItem icon={Users} link={(item) => <Link to={paths.employees} {...item} />}>
        Manage Employees
      </MenuItem>
    </Menu>
  )
}
