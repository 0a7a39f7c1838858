import { GatewayError } from '../errors/gateway-error.ts'
import { toGatewayError } from '../errors/to-gateway-error.ts'
import type { ProviderAnswer, ProviderCall, ProviderDeps } from '../providers/provider.ts'
import { providerOf } from '../providers/registry.ts'
import { refusalInStream } from '../providers/upstream-refusal.ts'
import type { SseEvent } from '../sse/sse-event.ts'
import { TransportError } from '../transport/transport-error.ts'
import { explainProblem } from './explain-problem.ts'
import type { Finding, Verdict } from './finding.ts'
import { about, failed, ok, skipped, warning } from './finding.ts'
import type { FindingCode } from './finding-codes.ts'
import type { TargetCheck } from './target-check.ts'
import { chatEndpoint } from './target-check.ts'

const limitMs = 6000

/** Calls the model twice by the gateway's own code, plain and streamed: one token each, past the policies and the log. */
export async function checkCalls(
  check: TargetCheck,
  deps: ProviderDeps,
): Promise<readonly Finding[]> {
  const plain = await tryCall({ check, deps, stream: false })
  const streamed =
    plain.status === 'ok'
      ? await tryCall({ check, deps, stream: true })
      : skipped('not-checked', 'Not streamed, because the plain call did not work.')
  const { id } = check.target
  return [about(id, 'call', plain), about(id, 'stream', streamed)]
}

interface Attempt {
  readonly check: TargetCheck
  readonly deps: ProviderDeps
  readonly stream: boolean
}

async function tryCall({ check, deps, stream }: Attempt): Promise<Verdict> {
  const { target, deadline } = check
  const started = performance.now()
  const ms = (): string => `${Math.round(performance.now() - started)} ms`
  try {
    return await deadline.step(limitMs, async (cancellation) => {
      const call: ProviderCall = {
        target,
        endpoint: chatEndpoint,
        body: chatBody(target.model, stream),
        stream,
        model: target.model,
        requestId: 'req_kt_doctor',
        traceparent: null,
        cancellation,
        maxResponseBytes: 1024 * 1024,
      }
      const answer = await providerOf(target.provider).call(call, deps)
      return stream ? await judgeStream(answer, check, ms) : judgePlain(answer, ms)
    })
  } catch (error) {
    return explainFailure(error, check)
  }
}

function chatBody(model: string, stream: boolean): string {
  const messages = [{ role: 'user', content: 'ping' }]
  return JSON.stringify({ model, messages, max_tokens: 1, ...(stream && { stream }) })
}

function judgePlain(answer: ProviderAnswer, ms: () => string): Verdict {
  const good = answer.kind === 'plain' && hasChoices(answer.text)
  return good ? ok('call-answered', `The model answered in ${ms()}.`) : notAnAnswer()
}

async function judgeStream(
  answer: ProviderAnswer,
  { target, kind }: TargetCheck,
  ms: () => string,
): Promise<Verdict> {
  if (answer.kind === 'plain') {
    if (!hasChoices(answer.text)) return notAnAnswer()
    const made = 'Answers are sent as a stream made from the whole answer'
    return kind === 'scoring' || target.learned.agentStreams === false
      ? ok('stream-made', `${made}: this server cannot stream. It took ${ms()}.`)
      : warning(
          'stream-made',
          `${made}: the server did not stream when it was asked to.`,
          'Switch streaming on at the model server, if its clients need it.',
        )
  }
  let first: string | null = null
  for await (const events of answer.batches) {
    const broken = events.find(isError)
    if (broken) throw refusalInStream(broken.data, target)
    if (first === null && events.some(({ data }) => hasChoices(data))) first = ms()
  }
  return first === null
    ? failed('stream-broken', 'The stream ended without an answer.', lookAtLog)
    : ok('stream-answered', `The model streams; the first piece came after ${first}.`)
}

const lookAtLog = 'Look at the log of the model server.'

function isError({ data }: SseEvent): boolean {
  return data !== null && /^\s*\{\s*"error"/.test(data)
}

function hasChoices(text: string | null): boolean {
  try {
    const value = JSON.parse(text ?? '') as { choices?: unknown } | null
    return Array.isArray(value?.choices)
  } catch {
    return false
  }
}

function notAnAnswer(): Verdict {
  return failed(
    'not-an-answer',
    'What came back is no chat answer.',
    'Check that base_url leads to a model server and that it serves a chat model.',
  )
}

/** The gateway's errors, by their codes; anything else did not work for a reason of its own. */
const byCode: Readonly<Record<string, FindingCode>> = {
  model_not_found: 'model-not-found',
  upstream_model_not_found: 'model-not-found',
  target_token_missing: 'token-missing',
  upstream_auth_failed: 'token-refused',
  upstream_rejected: 'call-rejected',
  upstream_invalid_response: 'not-an-answer',
}

function explainFailure(error: unknown, { target, place, kind }: TargetCheck): Verdict {
  if (error instanceof TransportError) {
    const problem = explainProblem(error, place)
    if (problem.code !== 'no-answer') return problem
    const patience = Math.round(target.target.timeouts.first_byte_ms / 1000)
    return warning(
      'call-slow',
      `The model gave no answer within the ${limitMs / 1000} s that doctor waits.`,
      `The gateway waits longer (timeouts.first_byte_ms, now ${patience} s). Look at the load of the model server.`,
    )
  }
  const { code, message, suggestion } =
    error instanceof GatewayError ? error : toGatewayError(error, target)
  if (code === 'upstream_rate_limited') return warning('rate-limited', message, suggestion ?? '')
  const formRefused = code === 'upstream_rejected' && kind === 'scoring'
  const fix = formRefused
    ? 'Look at the log of the model server. If the signature of the model is the reason, serve a ChatModel, or fix the form of requests in the target: mlflow: {input: inputs}, or mlflow: {allow_keys: […]}.'
    : (suggestion ?? '')
  return failed(byCode[code] ?? 'call-failed', message, fix)
}
