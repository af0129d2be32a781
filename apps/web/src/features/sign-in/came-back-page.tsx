import type { VerifyResult } from '@countersign/contract/sign-in'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Link, useNavigate } from 'react-router'
import { api, problemIn, read } from '../../api/client.ts'
import { signInQuery } from '../../api/queries.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { paths } from '../../paths.ts'
import { takeLeftFrom } from '../../prompts/left-from.ts'
import { SheetHead } from '../../shells/sheet-head.tsx'
import { Sheet, SignInShell } from '../../shells/sign-in-shell.tsx'
import { buttonClass } from '../../ui/button/button-class.ts'
import { Bones } from '../../ui/status/bones.tsx'
import { Failed } from '../../ui/status/failed.tsx'
import { useDone } from './use-done.ts'

const queryOf = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search))

/** What the other site answered goes to the server once; what follows from it is the server's to say. */
const useComeBack = () => {
  const client = useQueryClient()
  const navigate = useNavigate()
  const done = useDone()
  const onResult = (result: VerifyResult) => {
    if (result.outcome === 'signed-in') return done()
    client.removeQueries({ queryKey: signInQuery.queryKey })
    if (result.outcome === 'stepped-up') return navigate(takeLeftFrom(), { replace: true })
    return navigate(paths.next, { replace: true })
  }
  return useMutation({
    mutationFn: (callback: Record<string, string>) =>
      read(api.challenges.callback.$post({ json: { callback } })),
    onSuccess: onResult,
  })
}

/** The browser came back from Duo. */
const CameBackPage = () => {
  const comeBack = useComeBack()
  const sent = useRef(false)
  const callback = useRef(queryOf(location.search))
  useEffect(() => {
    if (sent.current) return
    sent.current = true
    // The address holds a code: it does not stay in the history.
    history.replaceState(history.state, '', location.pathname)
    comeBack.mutate(callback.current)
  }, [comeBack])
  const problem = problemIn(comeBack.error)
  const over = problem?.code === 'attempt-over' || problem?.code === 'not-signed-in'
  const again = problem?.code === 'duo-unavailable' || problem?.code === 'unavailable'
  return (
    <SignInShell step="second">
      <Sheet>
        {!problem && <Bones rows={3} />}
        {problem && (
          <>
            <SheetHead title="Duo did not confirm you" />
            {again ? (
              <Failed
                sentence={problemSentence(problem)}
                onRetry={() => comeBack.mutate(callback.current)}
                retrying={comeBack.isPending}
              />
            ) : (
              <>
                <p role="alert">{problemSentence(problem)}</p>
                <Link
                  className={buttonClass({ variant: 'primary', size: 'lg', block: true })}
                  to={over ? paths.login : paths.next}
                  replace
                >
                  {over ? 'Sign in again' : 'Try again'}
                </Link>
              </>
            )}
          </>
        )}
      </Sheet>
    </SignInShell>
  )
}

export default CameBackPage
