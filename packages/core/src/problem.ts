import { type ProblemCode, type ProblemExtra, problems } from '@countersign/contract'

/** The one thing use cases throw on purpose. Anything else that is thrown is a fault of ours. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly extra: ProblemExtra

  constructor(code: ProblemCode, extra: ProblemExtra = {}) {
    super(problems[code][1])
    this.name = 'Problem'
    this.code = code
    this.extra = extra
  }
}
