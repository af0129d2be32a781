/** What one round of one subject came to. */
export type Round = {
  /** Operations per second. */
  throughput: number
  /** Milliseconds. */
  p50: number
  p95: number
  p99: number
  /** Milliseconds of the server's CPU time, all its threads, per 1000 operations. */
  cpu: number
  /** Milliseconds of the database's CPU time per 1000 operations. */
  databaseCpu: number
}

export const percentile = (sorted: number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN

export const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}

export const toRound = (latencies: number[], elapsed: number, cpu: number, databaseCpu: number): Round => {
  const sorted = latencies.toSorted((a, b) => a - b)
  return {
    throughput: (latencies.length / elapsed) * 1000,
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
    cpu: (cpu / latencies.length) * 1000,
    databaseCpu: (databaseCpu / latencies.length) * 1000,
  }
}

export type Summary = Round & { slowest: number; fastest: number; rounds: number }

/** The median of every column over the rounds, and between what the throughput lay. */
export const summarise = (rounds: Round[]): Summary => {
  const of = (column: keyof Round) => median(rounds.map((round) => round[column]))
  const throughputs = rounds.map((round) => round.throughput)
  return {
    throughput: of('throughput'),
    p50: of('p50'),
    p95: of('p95'),
    p99: of('p99'),
    cpu: of('cpu'),
    databaseCpu: of('databaseCpu'),
    slowest: Math.min(...throughputs),
    fastest: Math.max(...throughputs),
    rounds: rounds.length,
  }
}

/** The median over rounds of how two subjects stood to each other in the same round, when the machine was as busy. */
export const ratio = (a: Round[], b: Round[], column: keyof Round): number =>
  median(a.map((round, index) => round[column] / (b[index]?.[column] ?? Number.NaN)))
