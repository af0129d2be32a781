import { useState } from 'preact/hooks'
import { sentenceFor } from '../words.ts'

/** Something that is done over the network, once at a time. */
export const useDeed = () => {
  const [state, setState] = useState<{ busy: boolean; problem: string | null }>({
    busy: false,
    problem: null,
  })
  const run = async (deed: () => Promise<unknown>): Promise<boolean> => {
    if (state.busy) return false
    setState({ busy: true, problem: null })
    try {
      await deed()
      setState({ busy: false, problem: null })
      return true
    } catch (error) {
      setState({ busy: false, problem: sentenceFor(error) })
      return false
    }
  }
  return { ...state, run }
}
