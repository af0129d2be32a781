import { useEffect } from 'react'
import { useLocation } from 'react-router'
import { PageHead } from '../../shells/page-head.tsx'
import { SettingsLayout } from '../../shells/settings-layout.tsx'
import { ActivityCard } from './activity-card.tsx'
import { ProfileCard } from './profile/profile-card.tsx'
import { SessionsCard } from './sessions-card.tsx'
import { TwoFactorCard } from './two-factor/two-factor-card.tsx'

const sections = [
  { id: 'two-factor', label: 'Two-factor' },
  { id: 'profile', label: 'Profile' },
  { id: 'sessions', label: 'Sessions' },
  { id: 'activity', label: 'Activity' },
]

/** The router changes the address without scrolling, and a first load has nothing to scroll to yet. */
const useHashScroll = () => {
  const { hash } = useLocation()
  useEffect(() => {
    if (hash) document.getElementById(hash.slice(1))?.scrollIntoView()
  }, [hash])
}

/** User Settings: four cards, each of which loads and fails by itself. */
const SettingsPage = () => {
  useHashScroll()
  return (
    <>
      <PageHead title="User Settings" />
      <SettingsLayout sections={sections}>
        <TwoFactorCard id="two-factor" />
        <ProfileCard id="profile" />
        <SessionsCard id="sessions" />
        <ActivityCard id="activity" />
      </SettingsLayout>
    </>
  )
}

export default SettingsPage
