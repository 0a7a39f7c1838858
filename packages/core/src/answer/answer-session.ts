import type { CompiledPolicy } from '../engine/compile-chain.ts'
import { judgesAnswers, judgesToolsOnly, looksAtAnswers } from '../engine/compile-chain.ts'
import type { Block, PolicyVerdict } from '../engine/decision.ts'
import type { Place } from '../json/address.ts'
import type { TextContext, TextForm } from '../message/extraction.ts'
import { maxNesting } from '../message/extraction.ts'
import type { Segment } from '../message/segment.ts'
import type { PolicyCall, Refusal, ToolUse } from '../policies/policy.ts'
import { JsonGuard } from './json-guard.ts'
import { PolicyWatch } from './policy-watch.ts'
import type { TextGuard } from './text-guard.ts'
import { PlainGuard } from './text-guard.ts'
import { TextStage } from './text-stage.ts'

/** What a session is made for. */
export interface SessionOptions {
  /** The chain of the call: bound, so that its policies remember the request. */
  readonly chain: readonly CompiledPolicy[]
  readonly call: PolicyCall
  readonly failMode: 'block' | 'allow'
  readonly hasSink: boolean
  /** True for an answer that is no text: only policies that judge the call as a whole run. */
  readonly hasNoText: boolean
  /** False for an API whose answers call no tools. */
  readonly hasTools: boolean
}

/** One answer under the chain: makes the guards of its texts, and sums up what was found in all of them. */
export class AnswerSession {
  readonly #options: SessionOptions
  readonly #watches: readonly PolicyWatch[]
  readonly #textWatches: readonly PolicyWatch[]
  readonly #toolWatches: readonly PolicyWatch[]
  /** Calls that were judged. */
  readonly #called: ToolUse[] = []
  /** Keys that are findings themselves: addresses must not show them. */
  readonly secretKeys = new Set<string>()
  readonly #identifiers = new Set<string>()
  #block: Block | null = null
  #judged = false

  constructor(options: SessionOptions) {
    this.#options = options
    this.#watches = options.chain
      .filter(looksAtAnswers)
      .filter(({ policy }) => !options.hasNoText || judgesAnswers(policy))
      .map((compiled) => new PolicyWatch(compiled, options.failMode))
    this.#textWatches = this.#watches.filter(
      ({ compiled: { policy } }) => policy.scan || policy.inspect || judgesAnswers(policy),
    )
    this.#toolWatches = this.#watches.filter(({ compiled: { policy } }) => policy.judgeTool)
  }

  /** Why nothing more of the answer may go out, or `null`. */
  get block(): Block | null {
    return this.#block ?? this.#failure()
  }

  /** True once an enforced policy has thrown: what was not looked at must not go out. */
  get failed(): boolean {
    return this.#failure() !== null
  }

  /** Nothing more can be looked at. */
  abandon(): void {
    for (const watch of this.#watches) watch.fail()
  }

  /** Asks the policies that judge the call as a whole; once, before the texts are complete. */
  async judge(): Promise<void> {
    if (this.#judged) return
    this.#judged = true
    for (const watch of this.#watches) {
      const { policy } = watch.compiled
      if (!judgesAnswers(policy)) continue
      try {
        const refusal = (await policy.judge?.(this.#options.call)) ?? null
        if (refusal !== null) watch.refuse(refusal)
      } catch {
        watch.fail()
      }
      this.#block ??= watch.refused ? watch.block : null
    }
  }

  /** True when some policy judges the tools that the answer calls. */
  get judgesTools(): boolean {
    return this.#toolWatches.length > 0
  }

  /** True when nothing of a call may go out before it is judged: some policy may stop it. */
  get holdsCalls(): boolean {
    return this.#toolWatches.some(({ compiled }) => compiled.enforced)
  }

  /** Asks the policies about a call that is complete, in the order of the chain. */
  judgeCall(use: ToolUse): void {
    if (this.block !== null) return
    const { call } = this.#options
    const seen = Object.freeze({ ...call, tools: [...call.tools, ...this.#called] })
    this.#called.push(use)
    for (const watch of this.#toolWatches) {
      if (watch.refused) continue
      try {
        const refusal = watch.compiled.policy.judgeTool?.(use, seen) ?? null
        if (refusal !== null) watch.refuse(refusal, use.address || null)
      } catch {
        watch.fail()
      }
      this.#block ??= watch.refused ? watch.block : null
      if (this.block !== null) return
    }
  }

  /** Stops an answer whose calls cannot be judged; `why` is for the caller. */
  refuseCalls(why: Refusal): void {
    for (const watch of this.#toolWatches) {
      if (!watch.refused) watch.refuse(why)
      this.#block ??= watch.block
    }
  }

  /** The guard of a text at a place, which may be JSON. */
  guard(context: TextContext, form: TextForm): TextGuard {
    return this.#nested(context, form, 0)
  }

  /** The guard of a part of a text that is looked at again as a whole: values are given back then. */
  partGuard(context: TextContext): TextGuard {
    return this.#plain(context, 'text', false)
  }

  #nested(context: TextContext, form: TextForm, nesting: number): TextGuard {
    if (form === 'plain' || nesting >= maxNesting) return this.#plain(context, 'text')
    const at = (place: Place) => ({ ...context, place })
    const isStopped = () => this.block !== null
    return new JsonGuard(context.place, form === 'json', {
      get stopped() {
        return isStopped()
      },
      plain: (place) => this.#plain(at(place), 'text'),
      value: (place) => this.#nested(at(place), 'json-container', nesting + 1),
      key: (place) => this.key(at(place)),
    })
  }

  /** The guard of a key of an object. */
  key(context: TextContext): TextGuard {
    const guard = this.#plain(context, 'text')
    let name = ''
    const findings = this.#findings()
    return {
      push: (text) => {
        name += text
        return guard.push(text)
      },
      end: () => {
        const pieces = guard.end()
        if (this.#findings() > findings) this.secretKeys.add(name)
        return pieces
      },
    }
  }

  /** Looks at a string that is never edited; each one once, for a stream repeats them in every event. */
  identifier(context: TextContext, text: string, isKey: boolean): void {
    const id = `${isKey} ${context.role} ${context.field} ${text}`
    if (this.#identifiers.has(id)) return
    if (this.#identifiers.size < rememberedIdentifiers) this.#identifiers.add(id)
    const findings = this.#findings()
    const guard = this.#plain(context, 'identifier')
    guard.push(text)
    guard.end()
    if (isKey && this.#findings() > findings) this.secretKeys.add(text)
  }

  /** The verdict of every policy of the chain, in its order. */
  verdicts(): readonly PolicyVerdict[] {
    return this.#options.chain.map((compiled) => {
      const watch = this.#watches.find((one) => one.compiled === compiled)
      if (watch === undefined) return unasked(compiled, this.#options)
      const sawNoTools = !this.#options.hasTools && this.#called.length === 0
      return sawNoTools && judgesToolsOnly(compiled, 'response') && !watch.refused
        ? notRun(compiled, 'no_tools')
        : watch.verdict
    })
  }

  #plain(
    { place, role, field }: TextContext,
    kind: Segment['kind'],
    restores = kind === 'text',
  ): TextGuard {
    const segment = { address: place.address, role, field, kind }
    const watching = this.#textWatches.map(
      (watch) => new TextStage(watch.scanner(segment), (match) => watch.weigh(segment, match)),
    )
    const restoring = restores ? this.#restoring(segment) : []
    return new PlainGuard([...watching, ...restoring], (stage) => {
      this.#block = this.#textWatches[stage]?.block ?? this.#block
    })
  }

  #restoring(segment: Omit<Segment, 'text'>) {
    return this.#watches.flatMap(({ compiled }) => {
      const scanner = compiled.enforced ? compiled.policy.restore?.(segment) : undefined
      return scanner === undefined ? [] : [new TextStage(scanner, ({ text }) => ({ put: text }))]
    })
  }

  #findings(): number {
    return this.#watches.reduce((sum, watch) => sum + watch.count, 0)
  }

  #failure(): Block | null {
    for (const watch of this.#watches) if (watch.failed && watch.block !== null) return watch.block
    return null
  }
}

/** More than these are looked at again and again, which costs time and nothing else. */
const rememberedIdentifiers = 10_000

function unasked(compiled: CompiledPolicy, { hasSink }: SessionOptions): PolicyVerdict {
  const observing = hasSink ? null : 'no_sink'
  const reason = compiled.idle.response ?? (compiled.policy.observes ? observing : 'no_text')
  return notRun(compiled, reason)
}

/** A policy that was not asked; one that only takes down has passed. */
function notRun({ kind }: CompiledPolicy, reason: string | null): PolicyVerdict {
  const verdict = reason === null ? 'pass' : 'not_run'
  return { policy: kind, verdict, reason, findings: [], duration_us: 0 }
}
