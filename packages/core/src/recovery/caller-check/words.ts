import type { KeyedHash } from '../../keys/tokens.ts'

/** Short, common, and hard to mishear for one another on the telephone. 128 of them: 7 bits each. */
const list = `
  anchor apple arrow autumn badge banjo barrel basket beach bell bicycle blanket bottle branch bread bridge
  brush bucket butter button cabin cactus camel candle canyon carpet castle cedar cherry chimney circus clock
  cloud coffee compass copper cotton cousin cradle cricket crystal curtain daisy desert dinner dolphin donkey dragon
  drum eagle echo elbow engine feather fiddle finger forest fountain garden ginger giraffe glove goose grape
  guitar hammer harbour helmet honey island ivory jacket jungle kettle kitchen ladder lantern lemon library lizard
  magnet maple marble meadow melon mirror monkey mountain museum mustard needle night ocean olive orange orchard
  oyster paddle palace paper parrot pencil pepper piano picnic pillow pirate planet pocket potato pumpkin puzzle
  rabbit radio rainbow ribbon river rocket saddle sailor salad scissors shadow silver spider summer thunder violin
`
  .trim()
  .split(/\s+/)

/** The three words of a check: the same at both ends, and guessed by nobody who knows neither key nor screen. */
export const wordsOf = (keyedHash: KeyedHash, id: string): [string, string, string] => {
  const bytes = keyedHash('caller-check', id)
  const word = (at: number) => list[(bytes[at] ?? 0) % list.length] ?? ''
  return [word(0), word(1), word(2)]
}
