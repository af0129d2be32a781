import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useNavigate } from 'react-router'
import { api, read } from '../../api/client.ts'
import { sessionQuery, signInQuery } from '../../api/queries.ts'
import { paths } from '../../paths.ts'
import { useDone } from './use-done.ts'

/** Asks the browser for a passkey: by its dialog, or quietly from the suggestions of the e-mail field. */
const ask = async (useBrowserAutofill: boolean) => {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const prompt = await read(api['sign-in'].passkey.options.$post())
  const credential = await startAuthentication({ optionsJSON: prompt.options as never, useBrowserAutofill })
  return read(api['sign-in'].passkey.$post({ json: { credential: { ...credential } } }))
}

/** A passkey as the whole sign-in. `null` data: the person closed the browser's dialog. */
export const usePasskey = () => {
  const client = useQueryClient()
  const navigate = useNavigate()
  const done = useDone()
  return useMutation({
    mutationFn: (useBrowserAutofill: boolean) =>
      ask(useBrowserAutofill).catch((error: Error) => {
        if (error.name === 'NotAllowedError' || error.name === 'AbortError') return null
        throw error
      }),
    onSuccess: (result) => {
      if (!result) return
      if (result.done) return done()
      client.removeQueries({ queryKey: sessionQuery.queryKey })
      client.setQueryData(signInQuery.queryKey, result.signIn)
      navigate(paths.next)
    },
  })
}

/** Offers passkeys among the suggestions of the e-mail field, where the browser can. */
export const useSuggestedPasskey = ({ mutate }: Pick<ReturnType<typeof usePasskey>, 'mutate'>) => {
  const begin = useRef(mutate)
  useEffect(() => {
    let gone = false
    const offer = async () => {
      const can = await globalThis.PublicKeyCredential?.isConditionalMediationAvailable?.()
      if (can && !gone) begin.current(true)
    }
    void offer()
    return () => {
      gone = true
      void import('@simplewebauthn/browser').then((m) => m.WebAuthnAbortService.cancelCeremony())
    }
  }, [])
}
