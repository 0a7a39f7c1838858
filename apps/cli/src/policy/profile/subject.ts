import type { Config, Engine, EngineOptions, Evaluation } from '@keeptrusts/core'
import type { Prompt } from '../read-prompt.ts'
import { unreadable } from '../read-prompt.ts'

type Core = typeof import('@keeptrusts/core')

/** A prompt, its stand-in for an answer, and a chain that lets both through. */
export interface Subject {
  /** JSON text of the request and of the answer. */
  readonly request: string
  readonly answer: string
  readonly model: string | undefined
  /** Kinds that would have refused the prompt or its answer: here they only monitor. */
  readonly refusing: readonly string[]
  readonly chain: MeasuredChain
}

/** An engine that can be asked what its last evaluation took. */
export interface MeasuredChain {
  readonly engine: Engine
  /** Of the evaluation that ended last. */
  latest(): Evaluation
}

/** Makes the chains of a profile: one for each set of policies that must not stop a call. */
export class Chains {
  readonly #core: Core
  readonly #config: Config
  readonly #env: EngineOptions['env']
  readonly #made = new Map<string, MeasuredChain>()

  /** `env` holds the secrets that policies refer to. */
  constructor(core: Core, config: Config, env: EngineOptions['env']) {
    const allow = { token_array: 'allow', stored_context: 'allow', media: 'allow' } as const
    const enforcement = { ...config.enforcement, on_unscannable: allow }
    this.#core = core
    this.#config = { ...config, enforcement }
    this.#env = env
  }

  /**
   * Tries a prompt until no policy stops it: what comes after a block would else not be measured. Throws `CliError` for a
   * prompt that cannot be read.
   */
  async admit({ name, body }: Prompt): Promise<Subject> {
    const { model } = JSON.parse(body)
    const asked = { model: typeof model === 'string' ? model : undefined }
    const subject = { request: body, answer: answerTo(body), ...asked }
    const refusing: string[] = []
    for (;;) {
      const chain = this.#passing(refusing)
      const refused = await this.#refusedBy(subject, chain, name)
      if (refused === null || refusing.includes(refused)) return { ...subject, refusing, chain }
      refusing.push(refused)
    }
  }

  /** A chain of a configuration's own, as measured. */
  of(chain: Config['chain']): MeasuredChain {
    let latest: Evaluation = { direction: 'request', duration_us: 0, waited_us: 0 }
    const onEvaluated = (evaluation: Evaluation): void => {
      latest = evaluation
    }
    const options = { env: this.#env, onEvaluated } as const
    const engine = this.#core.createEngine(
      { ...this.#config, chain },
      { onEvaluated, ...(options.env && { env: options.env }) },
    )
    return { engine, latest: () => latest }
  }

  #passing(monitored: readonly string[]): MeasuredChain {
    const key = [...monitored].sort().join(' ')
    const known = this.#made.get(key)
    if (known) return known
    const made = this.of(
      this.#config.chain.map((entry) =>
        monitored.includes(entry.kind) ? { ...entry, mode: 'monitor' } : entry,
      ),
    )
    this.#made.set(key, made)
    return made
  }

  async #refusedBy(
    subject: Pick<Subject, 'request' | 'answer' | 'model'>,
    { engine }: MeasuredChain,
    name: string,
  ): Promise<string | null> {
    try {
      const request = await engine.checkRequest(requestInput(subject))
      if (request.outcome === 'block') return request.policy
      const answer = await engine.checkResponse({ ...answerInput(subject), request })
      return answer.outcome === 'block' ? answer.policy : null
    } catch (error) {
      if (!this.#core.KeeptrustsError.isInstance(error)) throw error
      const { message, suggestion } = error
      throw unreadable({ where: name, message, ...(suggestion && { suggestion }) })
    }
  }
}

/** The request of a subject, for an engine. */
export function requestInput({ request, model }: Pick<Subject, 'request' | 'model'>) {
  return { shape: 'chat.completions', source: request, ...(model && { model }) } as const
}

/** The answer of a subject, for an engine. */
export function answerInput({ answer, model }: Pick<Subject, 'answer' | 'model'>) {
  return { shape: 'chat.completions', source: answer, ...(model && { model }) } as const
}

/** An answer of the same kind of text: nobody has a model's answer here. */
function answerTo(body: string): string {
  const { messages } = JSON.parse(body)
  const turns: unknown[] = Array.isArray(messages) ? messages : []
  const users = turns.filter((turn) => field(turn, 'role') === 'user')
  const texts = (users.length > 0 ? users : turns).flatMap((turn) =>
    textsOf(field(turn, 'content')),
  )
  const message = { role: 'assistant', content: texts.join('\n') }
  return JSON.stringify({
    ...{ id: 'chatcmpl-profile', object: 'chat.completion', created: 0, model: 'profile' },
    choices: [{ index: 0, message, finish_reason: 'stop' }],
  })
}

function textsOf(content: unknown): string[] {
  if (typeof content === 'string') return [content]
  if (!Array.isArray(content)) return []
  return content.map((part) => field(part, 'text')).filter((text) => typeof text === 'string')
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return (value as Readonly<Record<string, unknown>>)[name]
}
