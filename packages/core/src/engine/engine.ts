import type { AnswerGuard } from '../answer/answer-guard.ts'
import type { AuditSink } from '../audit/audit-sink.ts'
import type { Message } from '../message/message.ts'
import type { ApiShape, Direction } from '../message/segment.ts'
import type { RequestDecision, ResponseDecision } from './call-decision.ts'
import type { CallInput } from './call-input.ts'
import type { BodyDecision } from './decision.ts'
import type { Identity } from './identity.ts'
import type { Fingerprint } from './match-memory.ts'

export interface EngineOptions {
  /** Without one `audit-logger` reports `not_run(no_sink)`; with one `evaluate*` resolves only after its ack (decision S7). */
  readonly audit?: AuditSink
  /** Where policies find the secrets that their options refer to, as in `redaction.hash_key_ref`; `process.env`, for example. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** What a policy that throws becomes: `block` (default), or `allow` = a recorded, counted pass. */
  readonly failMode?: 'block' | 'allow'
  /**
   * With one the engine remembers what policies found in the texts of a caller's earlier requests, some thousands of them: a
   * conversation that grows is not looked at again from its beginning with each call. No text is kept. Node has
   * `(text) => createHash('sha256').update(text).digest('base64')`; it must be a digest for which nobody finds two texts alike.
   */
  readonly fingerprint?: Fingerprint
  /** Told what each evaluation of a whole request or answer took, right after it; must not throw. For profiles. */
  readonly onEvaluated?: (evaluation: Evaluation) => void
  /** Milliseconds since the epoch; a parameter so that tests and replays are deterministic. */
  readonly now?: () => number
}

/** What the evaluation of one side of a call took beside what its policies report as `duration_us`. */
export interface Evaluation {
  readonly direction: Direction
  /** Microseconds of the whole evaluation: reading the body, all policies, putting the edits in, the event. */
  readonly duration_us: number
  /** Microseconds that policies waited for a classifier or recogniser of a plug-in; not in `duration_us`. */
  readonly waited_us: number
}

export interface MessagesInput extends CallInput {
  readonly messages: readonly Message[]
  /** Tool definitions, scanned with the messages. */
  readonly tools?: readonly unknown[]
}

/** A body as it came over the wire. */
export interface BodyInput extends CallInput {
  readonly shape: ApiShape
  /** JSON text of the body. */
  readonly source: string
}

/** The chain of one configuration, compiled. Safe to use for many calls at once. */
export interface Engine {
  /** Runs the request side and, with a sink, waits until the decision is durable. */
  evaluateRequest(input: MessagesInput): Promise<RequestDecision>
  /** An answer without its request: nothing is ever restored into it. */
  evaluateResponse(input: MessagesInput): Promise<ResponseDecision>
  /** The same for bodies, without the sink: the gateway records by itself. Throws `JsonSyntaxError` or `BodyShapeError` for a body that cannot be read. */
  checkRequest(input: BodyInput): Promise<BodyDecision>
  checkResponse(input: BodyInput & { readonly request?: BodyDecision }): Promise<BodyDecision>
  /** Looks after a streamed answer, event by event; `request` is the decision that let the call through. */
  guardResponse<Event>(
    input: Omit<BodyInput, 'source'> & { readonly request?: BodyDecision },
  ): AnswerGuard<Event>
  /** Whether the enforced policies would let `caller` ask for the model of that name; what else is in a call may still be refused. */
  allowsModel(model: string, caller: Identity): boolean
  /** True when some enforced policy may change or stop an answer: without one, answers pass byte for byte. */
  readonly actsOnResponses: boolean
  /** True when some policy looks at answers, be it only to monitor. */
  readonly watchesResponses: boolean
  /** Kinds of the policies that must see an answer whole: they force streams to be gathered. */
  readonly gathersResponses: readonly string[]
  readonly policies: readonly { readonly kind: string; readonly mode: string }[]
}
