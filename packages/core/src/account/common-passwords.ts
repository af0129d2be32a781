import { zxcvbn, zxcvbnOptions } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'

zxcvbnOptions.setOptions({ dictionary, graphs: adjacencyGraphs })

/** Passwords that fall within this many guesses are what lists and rules try first. */
const fewGuesses = 1e8

/**
 * True for commonly used passwords and what cracking rules make of them: repeats, sequences, keyboard walks,
 * swapped letters. The whole password is judged; merely containing a listed word is fine (NIST SP 800-63B §3.1.1.2).
 */
export const isCommon = (password: string): boolean => zxcvbn(password.slice(0, 72)).guesses < fewGuesses
