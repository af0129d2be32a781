import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Who runs the database: PostgreSQL refuses to run as root, everybody else runs it as themselves. */
export interface Identity {
  uid?: number
  gid?: number
  /** Puts whatever is needed before a command so that it runs as this identity. */
  command: (
    program: string,
    args: string[],
  ) => { program: string; args: string[]; uid?: number; gid?: number }
}

export function databaseIdentity(paths: string[]): Identity {
  if (process.getuid?.() !== 0) return { command: (program, args) => ({ program, args }) }
  const [uid, gid] = unprivilegedIds()
  if (paths.every(isReachableByAll))
    return { uid, gid, command: (program, args) => ({ program, args, uid, gid }) }
  // A clone below /root (mode 0700) cannot be entered by another user; the capability lets it, and nothing more.
  const prefix = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--inh-caps=+dac_override']
  // Without this bit access(2), which initdb asks about its neighbours, would not count the capability.
  const rights = ['--ambient-caps=+dac_override', '--securebits=+no_setuid_fixup']
  return {
    uid,
    gid,
    command: (program, args) => ({
      program: 'setpriv',
      args: [...prefix, ...rights, '--', program, ...args],
    }),
  }
}

function unprivilegedIds(): [number, number] {
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }))
      return [id('-u'), id('-g')]
    } catch {
      // The next name is tried: `nobody` exists wherever `postgres` was never installed.
    }
  }
  throw new Error('PostgreSQL cannot run as root, and neither a user postgres nor nobody exists to run it.')
}

function isReachableByAll(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}
