import type { Segment } from '../message/segment.ts'
import type { PolicyDefinition } from '../policies/policy.ts'

/** A text that a plug-in is asked about. */
export interface Question extends Pick<Segment, 'role' | 'field'> {
  /** As the client wrote it; of a very long one the part around what the fast look found. */
  readonly text: string
  /** Aborted when the time for the answer is over: pass it to `fetch`. An answer that comes later is not read. */
  readonly signal: AbortSignal
}

/** What a classifier says about a text. */
export interface Classification {
  /** How sure it is that the text is an attack, 0 to 1. */
  readonly score: number
}

/**
 * A model that judges texts, behind the fast score of `prompt-injection`: in this process (ONNX, WebAssembly) or on a server.
 * Used when the policy's `backend` is its name, for the texts whose fast score leaves doubt.
 */
export interface Classifier {
  /** Kebab-case; not `local`. */
  readonly name: string
  /** Rejects when it cannot tell. Keeps nothing of the text. */
  classify(question: Question): Promise<Classification>
}

/** Personal data that a recogniser found; offsets are UTF-16 units of the question's text. */
export interface RecognizedEntity {
  /** One of the recogniser's `entities`. */
  readonly entity: string
  readonly start: number
  readonly end: number
  /** 0 to 1. */
  readonly score: number
}

/**
 * A model that finds personal data which has no form of its own: places, organisations, names in other scripts. Used by
 * `pii-detector` for those of its `entities` that the configuration names, on requests.
 */
export interface Recognizer {
  /** Kebab-case. */
  readonly name: string
  /** What it finds, in UPPER_SNAKE, as in `LOCATION`. */
  readonly entities: readonly string[]
  /** Rejects when it cannot tell. Keeps nothing of the text. */
  recognize(question: Question): Promise<readonly RecognizedEntity[]>
}

/** What a module adds to Keeptrusts: the default export of a file named by `kt gateway run --plugin`. */
export interface Plugin {
  readonly policies?: readonly PolicyDefinition[]
  readonly classifiers?: readonly Classifier[]
  readonly recognizers?: readonly Recognizer[]
}

/** Types a plug-in. */
export function definePlugin(plugin: Plugin): Plugin {
  return plugin
}
