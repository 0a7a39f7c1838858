import type { CueIndex } from './cue-index.ts'
import { cueIndex } from './cue-words.ts'
import { FormAutomaton } from './form-automaton.ts'
import type { PatternRecognizer } from './pattern-recognizer.ts'

/** A recogniser of the set that writes its values in some form. */
export interface FormUse {
  /** Confidence of the form without a check digit or a cue, in thousandths. */
  readonly score: number
  readonly recognizer: PatternRecognizer
  /** Number of its cues in the index. */
  readonly cues: number
  /** Kebab-case, as in `uk-nhs`. */
  readonly rule: string
}

/** One form with all recognisers that have it: nine digits stand for many numbers. */
interface SharedForm {
  readonly pattern: RegExp
  readonly uses: readonly FormUse[]
}

/** Several recognisers, compiled to be looked for in one pass. */
export interface RecognizerSet {
  /** In the order of their numbers in the automaton. */
  readonly forms: readonly SharedForm[]
  readonly automaton: FormAutomaton
  readonly cues: CueIndex
}

// Recognisers are constants: configurations that ask for the same ones share what was compiled.
const compiled = new Map<string, RecognizerSet>()
const mostCompiled = 16

/** Compiles recognisers; `null` when there are none. */
export function compileRecognizers(
  recognizers: readonly PatternRecognizer[],
): RecognizerSet | null {
  if (recognizers.length === 0) return null
  const key = recognizers.map(({ entity }) => entity).join()
  const known = compiled.get(key)
  if (known !== undefined) return known
  const made = compile(recognizers)
  if (compiled.size >= mostCompiled) compiled.clear()
  compiled.set(key, made)
  return made
}

function compile(recognizers: readonly PatternRecognizer[]): RecognizerSet {
  const shared = new Map<string, { pattern: RegExp; uses: FormUse[] }>()
  for (const [cues, recognizer] of recognizers.entries()) {
    const rule = recognizer.entity.toLowerCase().replaceAll('_', '-')
    for (const { pattern, score } of recognizer.forms) {
      const form = shared.get(String(pattern)) ?? { pattern, uses: [] }
      shared.set(String(pattern), form)
      form.uses.push({ score, recognizer, cues, rule })
    }
  }
  const forms = [...shared.values()]
  return {
    forms,
    automaton: new FormAutomaton(forms.map(({ pattern }) => pattern)),
    cues: cueIndex(recognizers.map(({ cues }) => cues)),
  }
}
