import { hashWord } from './tokens.ts'
import { wordClasses } from './word-classes.ts'

const MASK = 0xffff
// A word's concept is the first class that names it; 0 = none. Slots are probed one after the other.
const slots = new Int32Array(MASK + 1)
const concepts = new Uint8Array(MASK + 1)

for (const [index, words] of Object.values(wordClasses).entries()) {
  for (const word of words.trim().split(/\s+/)) addConcept(hashWord(word), index + 1)
}

function addConcept(hash: number, concept: number): void {
  let slot = hash & MASK
  while (concepts[slot] !== 0) {
    if (slots[slot] === hash) return
    slot = (slot + 1) & MASK
  }
  slots[slot] = hash
  concepts[slot] = concept
}

/**
 * What the word with this hash does in an attack, whatever its language: the number of its first word class, from 1;
 * 0 for a word of no class.
 */
export function conceptOf(hash: number): number {
  let slot = hash & MASK
  while (concepts[slot] !== 0) {
    if (slots[slot] === hash) return concepts[slot] ?? 0
    slot = (slot + 1) & MASK
  }
  return 0
}
