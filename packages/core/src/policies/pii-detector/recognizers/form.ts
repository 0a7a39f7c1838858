import type { Form } from './pattern-recognizer.ts'

const nothingBehind = '(?![\\p{L}\\p{N}])'

/** A form in upper or lower case, from the source of a bounded expression; no letter or digit may follow it. */
export function form(source: string, score: number): Form {
  return { pattern: new RegExp(`(?:${source})${nothingBehind}`, 'iuy'), score }
}

/** The same in capital letters only: what is told apart from words by them. */
export function upperForm(source: string, score: number): Form {
  return { pattern: new RegExp(`(?:${source})${nothingBehind}`, 'uy'), score }
}
