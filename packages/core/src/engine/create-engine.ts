import type { Answer } from '../answer/check-answer.ts'
import { checkAnswer } from '../answer/check-answer.ts'
import { EventGuard } from '../answer/event-guard.ts'
import { guardTexts } from '../answer/stream-guard.ts'
import type { AuditEvent } from '../audit/audit-event.ts'
import type { AuditSink } from '../audit/audit-sink.ts'
import type { Config } from '../config/config.ts'
import { KeeptrustsError } from '../errors/keeptrusts-error.ts'
import type { Message } from '../message/message.ts'
import type { RequestDecision, ResponseDecision } from './call-decision.ts'
import type { CallInput } from './call-input.ts'
import { askedOf, checkRequest } from './check-request.ts'
import type { CompiledPolicy } from './compile-chain.ts'
import { compileChain, gathersAnswers, looksAtAnswers } from './compile-chain.ts'
import type { BodyDecision } from './decision.ts'
import type { Engine, EngineOptions, MessagesInput } from './engine.ts'
import type { EngineParts } from './engine-parts.ts'
import type { Identity } from './identity.ts'
import { MatchMemory } from './match-memory.ts'
import { policySecrets } from './policy-secrets.ts'

/**
 * Compiles the chain of a configuration into an engine that decides about calls. Throws `KeeptrustsError`
 * `policy-secret-missing`.
 *
 * @example
 * const engine = createEngine(await loadConfig('policy-config.yaml'))
 * const decision = await engine.evaluateRequest({ messages })
 */
export function createEngine(config: Config, options: EngineOptions = {}): Engine {
  const { audit, env = {} } = options
  const chain = compileChain(config, policySecrets(config, env))
  const parts: EngineParts = {
    config,
    chain,
    actsOnResponses: chain.some((policy) => policy.enforced && looksAtAnswers(policy)),
    failMode: options.failMode ?? 'block',
    hasSink: audit !== undefined,
    now: options.now ?? Date.now,
    memory: options.fingerprint ? new MatchMemory(options.fingerprint) : null,
    onEvaluated: options.onEvaluated,
  }
  const answerTo = ({ request, ...input }: CallInput & { readonly request?: BodyDecision }) =>
    answerOf(parts, input, request)
  return {
    actsOnResponses: parts.actsOnResponses,
    watchesResponses: chain.some(looksAtAnswers),
    gathersResponses: chain.filter(gathersAnswers).map(({ kind }) => kind),
    policies: config.chain.map(({ kind, mode }) => ({ kind, mode })),
    allowsModel: (model, caller) => chain.every((policy) => allows(policy, model, caller)),
    evaluateRequest: (input) => evaluateRequest(parts, input, audit),
    evaluateResponse: (input) =>
      evaluateResponse(parts, { answer: answerOf(parts, input), input, audit }),
    checkRequest: (input) => {
      const { shape, source } = input
      return checkRequest(parts, { form: 'request', shape, source, input })
    },
    checkResponse: (input) => {
      const { shape, source } = input
      return checkAnswer(parts, answerTo(input), {
        form: 'answer',
        shape,
        source,
      })
    },
    guardResponse: ({ shape, ...input }) => new EventGuard(parts, answerTo(input), shape),
  }
}

function allows({ enforced, idle, policy }: CompiledPolicy, model: string, by: Identity): boolean {
  if (!enforced || idle.request !== null) return true
  return policy.allowsModel?.(model, by) ?? true
}

/** The answer to the call that `decision` let through. */
function answerOf(parts: EngineParts, input: CallInput, decision?: BodyDecision): Answer {
  return { ...askedOf(parts, input, decision), input, request: decision?.event ?? null }
}

async function evaluateRequest(
  parts: EngineParts,
  input: MessagesInput,
  audit: AuditSink | undefined,
): Promise<RequestDecision> {
  const { messages, tools, model } = input
  const source = JSON.stringify({ model, messages, tools })
  const decision = await checkRequest(parts, { form: 'messages', source, input })
  await record(decision.event, audit)
  if (decision.outcome === 'block') return decision
  const { body, ...passed } = decision
  const answer = answerOf(parts, input, decision)
  return {
    ...passed,
    ...editedMessages(input, body),
    evaluateResponse: (response) => evaluateResponse(parts, { answer, input: response, audit }),
    guardStream: () => guardTexts(parts, answer, ({ event }) => record(event, audit)),
  }
}

interface Answered {
  readonly answer: Answer
  readonly input: { readonly messages: readonly Message[] }
  readonly audit: AuditSink | undefined
}

async function evaluateResponse(
  parts: EngineParts,
  { answer, input, audit }: Answered,
): Promise<ResponseDecision> {
  const source = JSON.stringify({ messages: input.messages })
  const decision = await checkAnswer(parts, answer, { form: 'answer-messages', source })
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
  const { messages, tools } = body.changed ? JSON.parse(body.source) : input
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
