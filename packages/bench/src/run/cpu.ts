import { type ChildProcess, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'

/** Milliseconds of CPU time a server has used. */
export const cpuOf = async (server: ChildProcess): Promise<number> => {
  const answer = once(server, 'message')
  server.send('cpu')
  const [{ cpu }] = (await answer) as [{ cpu: number }]
  return cpu
}

let ticks = 0
const millisecondsPerTick = () => {
  ticks ||= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
  return 1000 / ticks
}

/** Milliseconds of CPU time the database's processes have used, by their parent's id; only Linux tells, elsewhere it is NaN. */
export const databaseCpu = (leader: number): number => {
  if (process.platform !== 'linux') return Number.NaN
  let used = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    // From the third field of proc(5) on: parent at 1, own times at 11 and 12, those of ended children at 13 and 14.
    const fields = statOf(pid)
    const times = Number(pid) === leader ? [11, 12, 13, 14] : Number(fields[1]) === leader ? [11, 12] : []
    for (const at of times) used += Number(fields[at] ?? 0)
  }
  return used * millisecondsPerTick()
}

const statOf = (pid: string): string[] => {
  try {
    // The name in the second field may hold spaces and parentheses.
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
  } catch {
    return [] // It ended since it was listed.
  }
}
