import { z } from 'zod'
import type { FactorName } from './sign-in.ts'
import { line } from './text.ts'

/** Whether the company requires two-factor authentication, and since or from when. */
export type Requirement =
  | { state: 'off' }
  | { state: 'announced'; from: string; announcedAt: string }
  | { state: 'required'; since: string }

/** Mails that a change owes to many people, on their way. */
export type MailProgress = {
  template: string
  total: number
  sent: number
  failed: number
  startedAt: string
}

export type CompanyView = {
  id: string
  name: string
  people: number
  secured: number
  requirement: Requirement
  /** Label of the signed-in admin's own strongest factor; null when there is none. */
  ownFactor: string | null
  mails: MailProgress | null
}

/** Why somebody could not finish signing in by themselves, and so what would help. */
export type StuckWhy = 'factor-locked' | 'invitation-over' | 'never-joined'

export type RehearsalPerson = { id: string; name: string; email: string }

export type RehearsalGroup<T> = { count: number; first: T[] }

/** What each person would see at the next sign-in, were it required now; nothing has happened yet. */
export type Rehearsal = {
  people: number
  ready: RehearsalGroup<RehearsalPerson> & { byFactor: { label: string; count: number }[] }
  asked: RehearsalGroup<RehearsalPerson & { by: 'number' | 'mail' }> & { byNumber: number }
  stuck: RehearsalGroup<RehearsalPerson & { why: StuckWhy }>
  /** Sessions without a factor, which would end. */
  sessions: number
}

/** Share of people secured on one day, by the strongest factor each holds. */
export type EnrolmentDay = {
  day: string
  people: number
  byFactor: { [F in FactorName]?: number | undefined }
}

export type EnrolmentHistory = {
  /** Strongest first. */
  factors: { factor: FactorName; label: string; strength: 1 | 2 | 3 }[]
  days: EnrolmentDay[]
  events: { at: string; kind: 'announced' | 'required' }[]
}

export type NetworkView = { id: string; name: string; cidr: string; addedAt: string; trusted: number }

export const requireSchema = z.object({ companyName: z.string().max(200) }).strict()
export const announceSchema = z.object({ from: z.iso.datetime() }).strict()
export const networkSchema = z.object({ name: line(80), cidr: z.string().trim().max(64) }).strict()
export const renameNetworkSchema = z.object({ name: line(80) }).strict()
