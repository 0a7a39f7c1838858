import type { MappedText } from '../../text/mapped-text.ts'
import { MappedTextBuilder, unchangedText } from '../../text/mapped-text.ts'
import { wordClasses } from './word-classes.ts'

/** Longer runs of letters than this are looked at: few words of the vocabulary are. */
const MIN_RUN = 14
const MAX_RUN = 2_000
const MAX_WORD = 14
const FUNCTION_WORDS =
  'a an the and or of to in on for with from by as at is are be was it this that these those i you me my he they we if then so but not what who please tell say'

const vocabulary = new Set(
  [...Object.values(wordClasses), FUNCTION_WORDS]
    .flatMap((words) => words.trim().split(/\s+/))
    .filter((word) => word.length > 2 || FUNCTION_WORDS.split(' ').includes(word)),
)

/** Puts the spaces back into words that were run together, as `i g n o r e a l l` leaves them; folded text. Linear. */
export function splitJoinedWords(text: string): MappedText {
  const builder = new MappedTextBuilder(text)
  let copied = 0
  for (const match of text.matchAll(/[a-z]{14,2000}/g)) {
    const lengths = match[0].length < MIN_RUN || match[0].length > MAX_RUN ? [] : split(match[0])
    let place = match.index
    for (const length of lengths) {
      place += length
      builder.copy(copied, place)
      builder.replace(' ', place, place)
      copied = place
    }
  }
  if (copied === 0) return unchangedText(text)
  builder.copy(copied, text.length)
  return builder.build()
}

/** Lengths of the words of `run`, chosen so that as few letters as possible are in no known word. */
function split(run: string): number[] {
  const cost = new Float64Array(run.length + 1)
  const step = new Uint8Array(run.length + 1).fill(1)
  for (let end = 1; end <= run.length; end++) {
    cost[end] = (cost[end - 1] ?? 0) + 1
    for (let length = 1; length <= Math.min(MAX_WORD, end); length++) {
      // Every word costs a little, so that one long word wins over two short ones.
      const known = (cost[end - length] ?? 0) + 0.4
      if (known < (cost[end] ?? 0) && vocabulary.has(run.slice(end - length, end))) {
        cost[end] = known
        step[end] = length
      }
    }
  }
  if ((cost[run.length] ?? 0) > run.length / 4) return []
  const lengths: number[] = []
  for (let end = run.length; end > 0; end -= step[end] ?? 1) lengths.unshift(step[end] ?? 1)
  return lengths
}
