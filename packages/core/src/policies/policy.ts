import type { Identity } from '../engine/identity.ts'
import type { Direction, Segment } from '../message/segment.ts'
import type { Steps } from '../text/steps.ts'
import type { JsonSchema } from './json-schema.ts'

/**
 * What a policy found in one segment. Never holds the matched text.
 * `start` and `end` are UTF-16 offsets into `Segment.text`; an empty span (`start === end`) marks the whole segment.
 */
export interface Match {
  /** Stable kebab-case id of the rule, as in `us-ssn` or `override-instructions`. */
  readonly rule: string
  /** Entity or category in UPPER_SNAKE, as in `US_SSN`. */
  readonly type: string
  readonly start: number
  readonly end: number
  /** Confidence in thousandths, 0..1000. */
  readonly score: number
  /** A check digit says that it is what it looks like: it gives the marker where matches overlap. */
  readonly proven?: true
  /** Too weak to count by itself: dropped unless `consult` returns a match in its place. */
  readonly uncertain?: true
  readonly action: 'redact' | 'block'
  /** What a redaction puts in the span's place. Required when `action` is `redact`. */
  readonly replacement?: string
  /** The match is only reported: it changes and stops nothing, whatever the policy's `mode`. */
  readonly monitored?: true
}

/** A tool that a request offers or forces, or that a model calls. */
export interface ToolUse {
  /**
   * `offered`: a definition in the request; `forced`: named by its tool choice; `earlier`: called in a turn of the request;
   * `called`: called in the answer that is looked at.
   */
  readonly use: 'offered' | 'forced' | 'earlier' | 'called'
  /**
   * As it is written there; empty when the call has none. Tools that a server has of its own go by their type (`web_search`),
   * an offered MCP server by its label, and its tools by their own names.
   */
  readonly name: string
  /**
   * What a call is made with, whole; empty for a call without arguments, `null` for a tool that is not called. In an answer
   * as they would go out, in a request as they came. JSON text, unless a model wrote something else.
   */
  readonly arguments: string | null
  /** Where it stands, as in `messages[2].tool_calls[0]`. */
  readonly address: string
}

/** What a policy that judges the whole call (identity, tools, model) may look at. */
export interface PolicyCall {
  readonly direction: Direction
  readonly identity: Identity
  readonly model: string | null
  /** Lower-case header names; only those of the client's request. Empty in the library unless given. */
  readonly headers: Readonly<Record<string, string>>
  /** The tools of the request, in the order of its body; on answers followed by the calls that were judged before. */
  readonly tools: readonly ToolUse[]
}

/** A text of a request, and what a policy found in it. */
export interface Inspected {
  readonly segment: Segment
  readonly matches: readonly Match[]
}

/** Why a policy refuses a whole call. */
export interface Refusal {
  /** Snake-case reason code; the definition's `reasonCode` when absent. */
  readonly reason?: string
  /** One sentence for the caller. Holds no text of the request. */
  readonly message: string
}

/** Where the text of an answer stands that is looked at while it comes. */
export type AnswerText = Pick<Segment, 'address' | 'role' | 'field'>

/** What is known of a text so far. Offsets are UTF-16 units from the beginning of the whole text. */
export interface Scanned<Found> {
  /** What was newly found, in ascending order, never overlapping; reported once. */
  readonly found: readonly Found[]
  /** No match that is reported later begins before this; never less than before, nor than the end of what was reported. */
  readonly decided: number
}

/**
 * Looks at one text while it comes, in pieces of any size; what it finds must not depend on how the text is cut
 * (decision S2). It keeps at most 1,280 characters undecided (decision S1) and holds no more of the text than it needs.
 */
export interface TextScanner<Found> {
  push(text: string): Scanned<Found>
  /** The text is complete; everything is decided. */
  end(): Scanned<Found>
}

/** Text that takes the place of a stretch. */
export interface Restoration {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * A policy, compiled once for a configuration and asked many times. It keeps no state between calls.
 * At least one of `inspect`, `judge`, `judgeTool` or `observes` is there.
 */
export interface Policy {
  /**
   * The policy with a memory of one call that `caller` makes: its request is inspected first, then its answer is scanned.
   * The policy itself stays as it is.
   */
  forCall?(caller: Identity): Policy
  /** Shows a request's texts to the policy before it inspects them, in the order of the body. */
  prepare?(segments: readonly Segment[]): void
  /**
   * Looks at one text of an answer, whole or streamed, in place of `inspect`. A policy for answers that has none cannot
   * stream: the text is gathered and inspected when it is complete.
   */
  scan?(place: AnswerText): TextScanner<Match>
  /** Gives values back in one text of an answer, after every policy has looked; what it puts in is not looked at again (decision S4). */
  restore?(place: AnswerText): TextScanner<Restoration>
  /** Looks at one segment: same segment, same matches. Linear in the text's length; throws only when broken (then the engine fails closed). */
  inspect?(segment: Segment, direction: Direction): readonly Match[]
  /** What `inspect` finds depends on the segment's text, role, field and kind alone, and may be used again for another request. */
  readonly cacheable?: true
  /**
   * `inspect` in steps of a few milliseconds per megabyte, between which other calls go on: for a policy that takes long
   * over a long text. Finds the same as `inspect`, and is used in its place.
   */
  inspectInSteps?(segment: Segment, direction: Direction): Steps<readonly Match[]>
  /**
   * Asks somebody else (a model on a server) about all texts of a request, after they were inspected, and returns what counts in
   * each of them then, in the same order. Not asked about answers. It bounds its own time (decision S5); when it rejects, the
   * policy has failed, as when `inspect` throws.
   */
  consult?(texts: readonly Inspected[]): Promise<readonly (readonly Match[])[]>
  /** Looks at the call as a whole. */
  judge?(call: PolicyCall): Refusal | null | Promise<Refusal | null>
  /** `judge` has nothing to say about answers: it is not asked about them, and no stream waits for it. */
  readonly judgesRequestsOnly?: true
  /** Whether a caller may use the model of that name; what it says no to, `judge` refuses. For lists of models. */
  allowsModel?(model: string, caller: Identity): boolean
  /**
   * Looks at one tool of a request, or at one call in an answer when it is complete: nothing of a call goes to the client
   * before, streamed or not. Unlike `judge` it does not make a stream wait.
   */
  judgeTool?(tool: ToolUse, call: PolicyCall): Refusal | null
  /**
   * A value inside JSON data (tool arguments and results, metadata) is shown behind its key, as in `"password":"…`: `text`
   * then begins with the key, and what is found in the key alone is dropped. Matches keep the offsets of what was shown.
   */
  readonly readsKeys?: true
  /** True for a policy that never changes or stops anything and must see the outcome (audit-logger). */
  readonly observes?: true
  /** Reason code by rule, where findings of a rule have another reason than the definition's `reasonCode`. */
  readonly reasons?: Readonly<Record<string, string>>
  /** The sentence a blocked caller reads; a default naming the policy is used when absent. */
  readonly blockMessage?: string
}

/** `[short spelling, canonical spelling]`, both dotted paths inside the policy's block, as in `['threshold', 'detection.embedding_threshold']`. */
export type Spelling = readonly [alias: string, canonical: string]

/** A problem that the schema cannot express (a regex that does not compile, two options that exclude each other). */
export interface OptionProblem {
  /** Dotted path inside the block, as in `detection.attack_patterns[1]`. */
  readonly path: string
  /** What was found and what is expected, one sentence. */
  readonly message: string
  readonly suggestion?: string
  /** Default `error`. */
  readonly severity?: 'error' | 'warning'
  /** `E011` for what the product knows and this version does not enforce; default `E014` (bad value). */
  readonly code?: 'E011' | 'E014'
}

/** A change of options that makes a policy cheaper, for `kt policy profile`, which measures what it would save. */
export interface Saving<Options = Record<string, unknown>> {
  /** Dotted path of the option, as in `encoding.decode_base64` or `detect_patterns[1]`. */
  readonly option: string
  /** The change as an order, as in `leave PERSON out of entities`. */
  readonly change: string
  /** What is no longer found or done then, a clause without a full stop. */
  readonly loses: string
  /** The options after the change, valid by the schema. */
  readonly options: Options
}

/** The value of an environment variable; `undefined` when it is not set. */
export type Secrets = (variable: string) => string | undefined

/** A policy kind: identity, options and constructor, without side effects. */
export interface PolicyDefinition<Options = Record<string, unknown>> {
  /** Kebab-case: folder, file, YAML key and `policy` in events. */
  readonly kind: string
  /** One line for the catalogue. */
  readonly summary: string
  /** Where it can act. The configuration's `apply_to` narrows this; elsewhere its verdict is `not_run(<reason>)`. */
  readonly directions: readonly Direction[]
  /** Reason code of a block or redaction (decision N3), as in `pii_detected`. */
  readonly reasonCode: string
  /** Closed JSON Schema 2020-12 of the canonical options, a description and a default on every property. `mode` and `apply_to` are added by the configuration. */
  readonly schema: JsonSchema
  /** Accepted other spellings of whole options; folded before validation, a conflict is E012. */
  readonly spellings?: readonly Spelling[]
  /** Accepted other spellings of values, by dotted path of the option, as in `{'entities': {SSN: 'US_SSN'}}`. */
  readonly valueAliases?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Problems beyond the schema, for validated canonical options. */
  check?(options: Options): readonly OptionProblem[]
  /** Changes that would make the policy cheaper, for validated options; costs nothing unless somebody measures. */
  savings?(options: Options): readonly Saving<Options>[]
  /** Names of the environment variables that hold what the options only refer to: without them an engine is not made. */
  secrets?(options: Options): readonly string[]
  /** Compiles the policy for validated, defaulted options; `secrets` gives the values of its variables. */
  create(options: Options, secrets?: Secrets): Policy
}

/** Types a definition's options by its schema and checks its form. Built-in and foreign policies use the same function. */
export function definePolicy<Options>(
  definition: PolicyDefinition<Options>,
): PolicyDefinition<Options> {
  return definition
}
