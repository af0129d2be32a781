import type { SessionView } from '@countersign/contract/session'
import { Building2, ChevronDown, House, LogOut, Settings } from 'lucide-react'
import { Link } from 'react-router'
import { paths } from '../../paths.ts'
import { Avatar } from '../../ui/brand/avatar.tsx'
import { Menu, MenuItem, MenuLine, MenuTitle } from '../../ui/overlay/menu.tsx'

export type PersonMenuProps = {
  session: SessionView
  /** The companies to act in, when there are several; the current one is ticked. */
  companies?: readonly { id: string; name: string }[]
  onCompany?: (id: string) => void
  onSignOut: () => void
}

const Companies = ({ session, companies = [], onCompany }: PersonMenuProps) => (
  <>
    <MenuLine />
    <MenuTitle>Company</MenuTitle>
    {companies.map(({ id, name }) => (
      <MenuItem key={id} ticked={id === session.company?.id} onSelect={() => onCompany?.(id)}>
        {name}
      </MenuItem>
    ))}
  </>
)

/** The person's name at the top right. Its name is read even where the screen is too narrow to show it. */
export const PersonMenu = (props: PersonMenuProps) => {
  const { session, companies, onSignOut } = props
  return (
    <Menu
      align="end"
      opener={
        <button type="button" className="me">
          <Avatar name={session.person.name} />
          <span className="name">{session.person.name}</span>
          <ChevronDown className="i s" aria-hidden="true" />
        </button>
      }
    >
      <MenuItem
        icon={House}
        link={({ className, ...item }) => (
          <Link to={paths.home} className={`${className} md:hidden`} {...item} />
        )}
      >
        Home
      </MenuItem>
      <MenuItem icon={Settings} link={(item) => <Link to={paths.settings} {...item} />}>
        User Settings
      </MenuItem>
      {session.role === 'security_admin' && (
        <MenuItem icon={Building2} link={(item) => <Link to={paths.company} {...item} />}>
          Company Settings
        </MenuItem>
      )}
      {companies && companies.length > 1 && <Companies {...props} />}
      <MenuLine />
      <MenuItem icon={LogOut} onSelect={onSignOut}>
        Sign out
      </MenuItem>
    </Menu>
  )
}
