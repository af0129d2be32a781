import { describe, expect, test } from 'vitest'
import { testDatabase } from './database.ts'

const { app, owner } = await testDatabase()
const other = await testDatabase()

describe('the roles of a database', () => {
  test('the portal owns no table, no schema and no database', async () => {
    const owned = await app`
      SELECT relname AS name FROM pg_class WHERE pg_get_userbyid(relowner) = current_user
      UNION ALL SELECT nspname FROM pg_namespace WHERE pg_get_userbyid(nspowner) = current_user
      UNION ALL SELECT datname FROM pg_database WHERE pg_get_userbyid(datdba) = current_user`
    expect(owned).toEqual([])
  })

  test('the portal can neither become another role nor switch off triggers', async () => {
    await expect(app`SET ROLE countersign_owner`).rejects.toMatchObject({ code: '42501' })
    await expect(app`SET ROLE countersign_worker`).rejects.toMatchObject({ code: '42501' })
    await expect(app`SET session_replication_role = replica`).rejects.toMatchObject({ code: '42501' })
  })

  test('the portal creates nothing', async () => {
    await expect(app`CREATE TABLE public.mine (id int)`).rejects.toMatchObject({ code: '42501' })
    await expect(app`CREATE SCHEMA mine`).rejects.toMatchObject({ code: '42501' })
  })

  test('the job queue belongs to the worker', async () => {
    const [schema] = await owner`
      SELECT pg_get_userbyid(nspowner) AS owner FROM pg_namespace WHERE nspname = 'graphile_worker'`
    expect(schema).toEqual({ owner: 'countersign_worker' })
  })
})

test('every test file has a database of its own', async () => {
  await owner`CREATE TABLE only_here (id int)`
  const tables = await other.owner`SELECT 1 FROM pg_tables WHERE tablename = 'only_here'`
  expect(tables).toEqual([])
})
