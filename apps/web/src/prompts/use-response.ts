import type { ProblemBody, ProblemCode } from '@countersign/contract/problem'
import type { PromptResponse } from '@countersign/contract/prompt'
import { useRespond } from '../api/challenge.ts'
import { problemIn } from '../api/client.ts'
import type { PromptProps } from './prompt-props.ts'

const ofCode: ProblemCode[] = ['wrong-code', 'code-used', 'code-expired']

/** What is wrong with a code is said at the code. */
const placed = (problem: ProblemBody | null): ProblemBody | null =>
  problem && ofCode.includes(problem.code) ? { ...problem, fields: { code: problem.code } } : problem

/** Sends a response to the challenge of a prompt. */
export const useResponse = ({ challenge, onResult }: Pick<PromptProps, 'challenge' | 'onResult'>) => {
  const respond = useRespond(onResult)
  return {
    send: (response: PromptResponse) => respond.mutate({ id: challenge.id, response }),
    pending: respond.isPending,
    problem: placed(problemIn(respond.error)),
  }
}
