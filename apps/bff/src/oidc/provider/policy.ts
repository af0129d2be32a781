import type { EntryOutcome } from '@countersign/core/policy/may-enter'
import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import { isSomebodyElse, judge, visit } from '../visit.ts'

const { Check, Prompt } = interactionPolicy

/** Whoever is not the one a hint names counts as nobody signed in. */
const outcomeOf = ({ oidc: { params = {} } }: KoaContextWithOIDC): EntryOutcome | 'sign-in' =>
  isSomebodyElse(visit(), params) ? 'sign-in' : (judge(visit(), params)?.outcome ?? 'sign-in')

/** What each outcome is called where nobody may be asked (`prompt=none`; OpenID Connect Core §3.1.2.6). */
const refusals: Record<Exclude<EntryOutcome, 'enter'> | 'sign-in', [error: string, description: string]> = {
  'sign-in': ['login_required', 'nobody is signed in here'],
  fresh: ['login_required', 'the last check is too long ago'],
  'step-up': ['interaction_required', 'a second factor is asked for'],
  'choose-company': ['interaction_required', 'a company has to be chosen'],
  refuse: ['access_denied', 'this person may not enter'],
}

/** A prompt may be asked for by name; whether it was answered is for `mayEnter`, which knows when somebody proved what. */
const prompt = (name: string, checks: interactionPolicy.Check[]) => {
  const made = new Prompt({ name, requestable: true }, ...checks)
  made.checks.remove(`${name}_prompt`)
  return made
}

/** One question, `mayEnter`; each of its answers but one needs the person. */
export const entryPolicy = () => {
  const checks = Object.entries(refusals).map(
    ([outcome, [error, description]]) =>
      new Check(outcome, description, error, (ctx) => outcomeOf(ctx) === outcome),
  )
  return [prompt('login', checks), prompt('select_account', []), prompt('consent', [])]
}
