import type { Answer } from '../chat/complete-chat.ts'
import { quoteQuestion } from '../chat/complete-chat.ts'
import type { RecordedRequest } from '../http/recorded-request.ts'
import type { Reply } from '../http/reply.ts'

/**
 * How a fake `mlflow models serve` wraps its answer: a ChatModel's `object`, the one-element `array` of a transformers
 * pipeline, `choices-only` as dspy has it, and `predictions` around a string or around choices.
 */
export type ScoringReply =
  | 'object'
  | 'array'
  | 'choices-only'
  | 'predictions-string'
  | 'predictions-choices'

/**
 * How a fake agent streams: `deltas` in pieces and then the whole item, `items` whole items only, `completed` as `deltas` with
 * the whole response at the end, `other-ids` as `deltas` with ids that differ from the item's.
 */
export type AgentStream = 'deltas' | 'items' | 'completed' | 'other-ids'

/** How a fake model behaves; everything has a default. */
export interface UpstreamSettings {
  /** The one model (endpoint) that is served; `my-chat-model` by default. */
  readonly model: string
  /** What the model says; by default it quotes the last user message. */
  readonly answer: Answer
  /** `openai`, `databricks`: the bearer token that is asked for, 401 without it; none by default. */
  readonly token: string | null
  /** Characters per streamed piece; 7 by default. */
  readonly chunkLength: number
  /** Milliseconds between streamed events; 0 by default. */
  readonly chunkDelayMs: number
  /** `created` of answers in seconds since the epoch; a constant by default, so that equal requests get equal bytes. */
  readonly created: () => number
  /** `openai`: what a response holds besides calls; a refusal stands in place of a text. Only `text` by default. */
  readonly responseParts: readonly ('reasoning' | 'text' | 'refusal')[]
  /** `mlflow-scoring`: the shape of the reply; `object` by default. */
  readonly reply: ScoringReply
  /** `mlflow-scoring`: the only top-level keys that the model's schema takes; others get a 400 that echoes the prompt. */
  readonly strictKeys: readonly string[] | null
  /** `mlflow-scoring`: a model for plain texts, which refuses `messages` the way a type-hinted pyfunc model does. */
  readonly inputsOnly: boolean
  /** `mlflow-agent`: the style of its streams; `deltas` by default. */
  readonly agentStream: AgentStream
  /** `mlflow-agent`: the functions that the agent has; both by default. */
  readonly agentFunctions: readonly ('invoke' | 'stream')[]
  /** `mlflow-agent`: it says something, uses a tool of its own, and then answers. */
  readonly agentTools: boolean
  /** `mlflow-agent`: whole answers count their tokens. */
  readonly agentUsage: boolean
  /** `mlflow-tracking`: the only Host headers that are let in; loopback by default. */
  readonly allowedHosts: readonly string[] | null
  /** `databricks`: `id:secret` of a service principal that may fetch tokens. */
  readonly servicePrincipal: string | null
  /** `databricks`: a reasoning model, whose contents are lists of parts. */
  readonly arrayContent: boolean
}

/** The routes of one kind of server: what it answers to a request. */
export type UpstreamRoutes = (request: RecordedRequest, settings: UpstreamSettings) => Reply

/** Settings with the defaults for what is not given. */
export function withDefaults(given: Partial<UpstreamSettings>): UpstreamSettings {
  return {
    model: 'my-chat-model',
    answer: quoteQuestion,
    token: null,
    chunkLength: 7,
    chunkDelayMs: 0,
    created: () => 1_700_000_000,
    responseParts: ['text'],
    reply: 'object',
    strictKeys: null,
    inputsOnly: false,
    agentStream: 'deltas',
    agentFunctions: ['invoke', 'stream'],
    agentTools: false,
    agentUsage: false,
    allowedHosts: null,
    servicePrincipal: null,
    arrayContent: false,
    ...given,
  }
}
