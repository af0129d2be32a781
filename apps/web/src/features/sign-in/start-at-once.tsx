import type { ChallengeView, SignInView } from '@countersign/contract/sign-in'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { problemIn } from '../../api/client.ts'
import { challengeQuery, signInQuery } from '../../api/queries.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { paths } from '../../paths.ts'
import { SheetHead } from '../../shells/sheet-head.tsx'
import { Sheet, SignInShell } from '../../shells/sign-in-shell.tsx'
import { Bones } from '../../ui/status/bones.tsx'
import { Failed } from '../../ui/status/failed.tsx'

/** The only thing that can come next begins by itself; where that fails, it can be tried again. */
export const StartAtOnce = ({
  signIn,
  title,
  start,
}: {
  signIn: SignInView
  title: string
  start: () => Promise<ChallengeView>
}) => {
  const client = useQueryClient()
  const navigate = useNavigate()
  const begun = useRef(false)
  const [error, setError] = useState<unknown>(null)
  const begin = useCallback(async () => {
    try {
      const challenge = await start()
      client.setQueryData(challengeQuery(challenge.id).queryKey, challenge)
      navigate(paths.challenge(challenge.id), { replace: true })
    } catch (thrown) {
      setError(thrown)
      void client.invalidateQueries({ queryKey: signInQuery.queryKey })
    }
  }, [client, navigate, start])
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    void begin()
  }, [begin])
  const problem = problemIn(error)
  return (
    <SignInShell step="second" portal={signIn.company ?? ''}>
      <Sheet>
        {problem ? (
          <>
            <SheetHead title={title} who={signIn.person} />
            <Failed sentence={problemSentence(problem)} onRetry={() => void begin()} />
          </>
        ) : (
          <Bones rows={3} />
        )}
      </Sheet>
    </SignInShell>
  )
}
