import type { AuditEvent } from '../audit/audit-event.ts'
import type { AuditSink } from '../audit/audit-sink.ts'
import type { Config } from '../config/config.ts'
import { KeeptrustsError } from '../errors/keeptrusts-error.ts'
import type { Message } from '../message/message.ts'
import type { EngineParts } from './check-body.ts'
import { checkBody } from './check-body.ts'
import { compileChain } from './compile-chain.ts'
import type { BodyDecision, RequestDecision, ResponseDecision } from './decision.ts'
import type { CallInput, Engine, EngineOptions, MessagesInput } from './engine.ts'

/**
 * Compiles the chain of a configuration into an engine that decides about calls.
 *
 * @example
 * const engine = createEngine(await loadConfig('policy-config.yaml'))
 * const decision = await engine.evaluateRequest({ messages })
 */
export function createEngine(config: Config, options: EngineOptions = {}): Engine {
  const chain = compileChain(config)
  const actsOnResponses = chain.some(
    ({ enforced, idle, policy }) => enforced && idle.response === null && !policy.observes,
  )
  const parts: EngineParts = {
    config,
    chain,
    actsOnResponses,
    failMode: options.failMode ?? 'block',
    hasSink: options.audit !== undefined,
    now: options.now ?? Date.now,
  }
  return {
    actsOnResponses,
    policies: config.chain.map(({ kind, mode }) => ({ kind, mode })),
    evaluateRequest: (input) => evaluateRequest(parts, input, options.audit),
    evaluateResponse: (input) => evaluateResponse(parts, { input, audit: options.audit }),
    checkRequest: (input) => {
      const { shape, sources } = input
      return checkBody(parts, { form: 'request', shape, sources, input, request: null })
    },
    checkResponse: (input) =>
      checkBody(parts, {
        form: 'answer',
        shape: input.shape,
        sources: input.sources,
        input,
        request: input.request?.event ?? null,
      }),
  }
}

async function evaluateRequest(
  parts: EngineParts,
  input: MessagesInput,
  audit: AuditSink | undefined,
): Promise<RequestDecision> {
  const { messages, tools, model } = input
  const source = JSON.stringify({ model, messages, tools })
  const side = { form: 'messages' as const, sources: [source], input, request: null }
  const decision = await checkBody(parts, side)
  await record(decision.event, audit)
  if (decision.outcome === 'block') return decision
  const { body, ...passed } = decision
  const edited = editedMessages(input, body)
  return {
    ...passed,
    ...edited,
    evaluateResponse: (answer) =>
      evaluateResponse(parts, {
        input: { ...input, messages: answer.messages },
        audit,
        request: decision.event,
      }),
  }
}

interface Answer {
  readonly input: CallInput & { readonly messages: readonly Message[] }
  readonly audit: AuditSink | undefined
  readonly request?: AuditEvent
}

async function evaluateResponse(parts: EngineParts, answer: Answer): Promise<ResponseDecision> {
  const { input, audit, request = null } = answer
  const source = JSON.stringify({ messages: input.messages })
  const side = { form: 'answer-messages' as const, sources: [source], input, request }
  const decision = await checkBody(parts, side)
  await record(decision.event, audit)
  if (decision.outcome === 'block') return decision
  const { body, ...passed } = decision
  return { ...passed, messages: editedMessages(input, body).messages }
}

/** The caller's own objects unless something in them was edited. */
function editedMessages(
  input: { readonly messages: readonly Message[]; readonly tools?: readonly unknown[] },
  body: Extract<BodyDecision, { body: unknown }>['body'],
): { readonly messages: readonly Message[]; readonly tools?: readonly unknown[] } {
  const { messages, tools } = body.changed ? JSON.parse(body.sources[0] ?? '{}') : input
  return tools === undefined ? { messages } : { messages, tools }
}

/** Nothing goes on unrecorded: a sink that fails fails the call. */
async function record(event: AuditEvent, audit: AuditSink | undefined): Promise<void> {
  try {
    await audit?.append(event)
  } catch (cause) {
    throw new KeeptrustsError({
      code: 'audit_unavailable',
      message: 'The decision could not be recorded, so the call must not go on',
      suggestion: 'Check the audit sink: its error is the cause of this one.',
      cause,
    })
  }
}
