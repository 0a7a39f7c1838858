import type { CueWords } from './cue-words.ts'
import { cueWords } from './cue-words.ts'
import { FormAutomaton } from './form-automaton.ts'
import type { Form, PatternRecognizer } from './pattern-recognizer.ts'

/** A recogniser with what is compiled of it. */
export interface CompiledRecognizer {
  readonly recognizer: PatternRecognizer
  /** Kebab-case, as in `uk-nhs`. */
  readonly rule: string
  readonly cues: CueWords
  /** Findings count from this score on, in thousandths. */
  readonly threshold: number
}

/** One form of one recogniser. */
export interface CompiledForm extends Form {
  readonly of: CompiledRecognizer
}

/** Several recognisers, compiled to be looked for in one pass. */
export interface RecognizerSet {
  /** In the order of their numbers in the automaton. */
  readonly forms: readonly CompiledForm[]
  readonly automaton: FormAutomaton
}

/** Compiles recognisers; `thresholdOf` says from which score on an entity's findings count. `null` when there are none. */
export function compileRecognizers(
  recognizers: readonly PatternRecognizer[],
  thresholdOf: (entity: string) => number,
): RecognizerSet | null {
  if (recognizers.length === 0) return null
  const forms = recognizers.flatMap((recognizer) => {
    const compiled: CompiledRecognizer = {
      recognizer,
      rule: recognizer.entity.toLowerCase().replaceAll('_', '-'),
      cues: cueWords(recognizer.cues),
      threshold: thresholdOf(recognizer.entity),
    }
    return recognizer.forms.map((form) => ({ ...form, of: compiled }))
  })
  return { forms, automaton: new FormAutomaton(forms.map(({ pattern }) => pattern)) }
}
