import type { Ready } from '../run/client.ts'

/** Prepared people: each may verify one code, some have a session, some will sign in with their password. */
export type Prepared = {
  /** One person's answer with the code of that time step. Each works once. */
  verify: ((step: number) => Ready)[]
  read: Ready[]
  signIn: Ready[]
}

export type Amounts = { verify: number; read: number; signIn: number }

/** Something measured: a server of its own over a database of its own in the same cluster. */
export type Subject = {
  name: string
  /** The database's name; also the log's. */
  database: string
  /** The program, and what it is told. */
  server: string
  environment: (urls: { owner: string; app: string; worker: string }, port: number) => NodeJS.ProcessEnv
  /** Fills the database that the server has brought up to date. */
  prepare: (ownerUrl: string, amounts: Amounts) => Promise<Prepared>
}

/** What everybody's password is, hashed at the same cost everywhere. */
export const password = 'plenty of paper clips'

/** Connections to the database each server may hold: the portal's default. */
export const poolSize = 10

/** A browser's, since real requests bring one along. */
export const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** PostgreSQL takes 65,535 parameters in one statement. */
export const chunks = <T>(rows: T[], size = 2000): T[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    rows.slice(index * size, (index + 1) * size),
  )
