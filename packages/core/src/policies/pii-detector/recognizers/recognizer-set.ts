import type { FindingRules } from '../finding-rules.ts'
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
  /** What the customer says about scores. */
  readonly rules: FindingRules
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

/** Compiles recognisers; `rules` say which findings count. `null` when there are none. */
export function compileRecognizers(
  recognizers: readonly PatternRecognizer[],
  rules: FindingRules,
): RecognizerSet | null {
  if (recognizers.length === 0) return null
  const forms = recognizers.flatMap((recognizer) => {
    const compiled: CompiledRecognizer = {
      recognizer,
      rule: recognizer.entity.toLowerCase().replaceAll('_', '-'),
      cues: cueWords(recognizer.cues),
      rules,
    }
    return recognizer.forms.map((form) => ({ ...form, of: compiled }))
  })
  return { forms, automaton: new FormAutomaton(forms.map(({ pattern }) => pattern)) }
}
