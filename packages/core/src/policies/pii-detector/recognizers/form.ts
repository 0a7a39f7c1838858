import type { Form } from './pattern-recognizer.ts'
import { unspacedLetter } from './unspaced-scripts.ts'

// Scripts without spaces set particles directly behind a value.
const nothingBehind = `(?!\\p{N}|(?!${unspacedLetter})\\p{L})`

/** A form in upper or lower case, from the source of a bounded expression; no digit may follow it, and no letter but of scripts without spaces. */
export function form(source: string, score: number): Form {
  return { pattern: new RegExp(`(?:${source})${nothingBehind}`, 'iuy'), score }
}

/** The same in capital letters only: what is told apart from words by them. */
export function upperForm(source: string, score: number): Form {
  return { pattern: new RegExp(`(?:${source})${nothingBehind}`, 'uy'), score }
}
