import type { CompiledPolicy } from '../engine/compile-chain.ts'
import type { Block, Finding, PolicyVerdict } from '../engine/decision.ts'
import { keyLead, scanBehind } from '../engine/key-lead.ts'
import { blockOf, findingOf, verdictOf } from '../engine/weigh-findings.ts'
import type { Segment } from '../message/segment.ts'
import type { Match, Refusal, Scanned, TextScanner } from '../policies/policy.ts'
import { GatherScanner } from './gather-scanner.ts'
import type { Weighed } from './text-stage.ts'

/** What one policy says about one answer: its findings so far, in all texts. */
export class PolicyWatch {
  readonly compiled: CompiledPolicy
  #refusal: Refusal | null = null
  #param: string | null = null
  readonly #failMode: 'block' | 'allow'
  readonly #findings: Finding[] = []
  #failed = false
  #milliseconds = 0

  constructor(compiled: CompiledPolicy, failMode: 'block' | 'allow') {
    this.compiled = compiled
    this.#failMode = failMode
  }

  /** Why the answer must not go on, or `null`. */
  get block(): Block | null {
    return blockOf(this.compiled, this.#said, this.#failMode)
  }

  /** Findings so far. */
  get count(): number {
    return this.#findings.length
  }

  /** True once the policy has thrown. */
  get failed(): boolean {
    return this.#failed
  }

  get verdict(): PolicyVerdict {
    return verdictOf(this.compiled, this.#said, this.#milliseconds)
  }

  get #said() {
    return {
      refusal: this.#refusal,
      param: this.#param,
      findings: this.#findings,
      failed: this.#failed,
    }
  }

  /** True once the policy has refused the answer, or a tool that it calls. */
  get refused(): boolean {
    return this.#refusal !== null
  }

  /** Notes why the policy refuses the answer; `param` is the address of the call that it refuses. */
  refuse(refusal: Refusal, param: string | null = null): void {
    this.#refusal = refusal
    this.#param = param
  }

  /** Notes that the policy is broken. */
  fail(): void {
    this.#failed = true
  }

  /** The policy's look at one text, with its time counted; one that throws sees no more of the text. */
  scanner(place: Omit<Segment, 'text'>): TextScanner<Match> {
    const { policy } = this.compiled
    let length = 0
    let scanner: TextScanner<Match> | null = null
    const step = (use: (scanner: TextScanner<Match>) => Scanned<Match>): Scanned<Match> => {
      const started = performance.now()
      try {
        scanner ??= scanBehind(
          keyLead(policy, place),
          policy.scan?.(place) ?? new GatherScanner(policy, place),
        )
        return use(scanner)
      } catch {
        this.#failed = true
        scanner = blind(length)
        return { found: [], decided: length }
      } finally {
        this.#milliseconds += performance.now() - started
      }
    }
    return {
      push: (text) => {
        length += text.length
        return step((inner) => inner.push(text))
      },
      end: () => step((inner) => inner.end()),
    }
  }

  /** Notes what was found and says what is done about it. */
  weigh(place: Omit<Segment, 'text'>, match: Match): Weighed {
    const finding = findingOf(this.compiled, place, match)
    this.#findings.push(finding)
    if (!finding.enforced) return 'keep'
    return match.action === 'block' ? 'stop' : { put: match.replacement ?? '' }
  }
}

/** Lets everything by. */
function blind(received: number): TextScanner<Match> {
  let length = received
  return {
    push: (text) => {
      length += text.length
      return { found: [], decided: length }
    },
    end: () => ({ found: [], decided: length }),
  }
}
