import type { Block, Blocked, Passed } from '../engine/decision.ts'

/** An event that may go out. */
export interface ReleasedEvent<Event> {
  /** Its JSON text. */
  readonly source: string
  /** The event it is, or is made like. */
  readonly event: Event
  /** False when it is the event as it came. */
  readonly changed: boolean
}

/** Looks after the events of a streamed answer. `Event` is whatever the caller knows an event by. */
export interface AnswerGuard<Event> {
  /** Set once a policy stops the answer: nothing that comes later goes out. */
  readonly block: Block | null
  /**
   * Takes the JSON text of an event and gives what may go out. From an event that is held (one that ends the answer)
   * texts go out before it, in events of their own; it is given out itself, last.
   * @throws JsonSyntaxError for an event that is not acceptable JSON
   */
  push(source: string, event: Event, held?: boolean): Promise<readonly ReleasedEvent<Event>[]>
  /** What comes cannot be looked at any more: every policy is recorded as failed, and enforced ones stop the answer. */
  abandon(): void
  /** The answer is complete: what was held back, and what the chain says about the whole of it. */
  end(): Promise<{
    readonly released: readonly ReleasedEvent<Event>[]
    readonly decision: Passed | Blocked
  }>
}

/** Which text of a streamed answer a piece belongs to. */
export interface StreamPlace {
  /** Index of the choice; 0 when absent. */
  readonly choice?: number
  /** `name` and `arguments` are those of a tool call. While a policy judges tools, they are given out at the end. */
  readonly field: 'content' | 'refusal' | 'reasoning' | 'name' | 'arguments'
  /** Index of the tool call, for `name` and `arguments`; 0 when absent. */
  readonly call?: number
}

/** What is left when a streamed answer is complete. */
export interface StreamEnd {
  /** What was held back, by text; empty after a block. */
  readonly released: readonly { readonly place: StreamPlace; readonly text: string }[]
  readonly decision: Passed | Blocked
}

/** Looks after an answer while it is being generated: whatever its pieces, what goes out is what the whole answer would have come to. */
export interface StreamGuard {
  /** Set once a policy stops the answer: `push` gives nothing any more. */
  readonly block: Block | null
  /** Takes the next piece of a text, of any size, and gives what may go out now. */
  push(place: StreamPlace, text: string): string
  /**
   * The answer is complete. With a sink, resolves only when `request.completed` is durable; call it once, also after a block.
   * @throws KeeptrustsError `audit_unavailable`
   */
  end(): Promise<StreamEnd>
}
