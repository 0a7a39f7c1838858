import type { Segment } from '../../../message/segment.ts'
import type { AnswerText } from '../../policy.ts'
import type { FindingType } from '../entity-types.ts'
import { markerLabel } from '../entity-types.ts'
import { FreeNumbers } from './free-numbers.ts'
import { NumberedValues } from './numbered-values.ts'
import type { Placeholder } from './placeholder.ts'
import { placeholdersIn, writePlaceholder } from './placeholder.ts'
import { valueKey } from './value-key.ts'

/** What numbering depends on in the configuration. */
export interface NumberingOptions {
  readonly restore: boolean
  readonly phoneRegions: readonly string[]
}

/** Roles whose values are the caller's own. `metadata`, `user` and the like stand in no turn. */
const callersRoles: ReadonlySet<string | null> = new Set(['user', 'assistant', 'tool', 'function'])

/**
 * What one call has said (decision S4): the numbers of its values, and which of them may be given back. It is built from
 * the request in the order of its texts, lives as long as the call, and is never stored.
 */
export class CallMemory {
  readonly #options: NumberingOptions
  /** Numbered markers that stood in the request: the caller's own text. */
  readonly #free = new FreeNumbers()
  readonly #request = new NumberedValues(this.#free)
  readonly #answers = new Map<string, NumberedValues>()
  /** Values as first written, by placeholder; `null` for what is never given back. */
  readonly #values = new Map<string, string | null>()
  /** Labels of the placeholders whose values may be given back. */
  readonly labels = new Set<string>()

  constructor(options: NumberingOptions) {
    this.#options = options
  }

  /**
   * Leaves out the numbers of what looks like a placeholder in the text. An assistant's turn may repeat one of an answer
   * that was given without restoring: there it keeps its number.
   */
  notice({ text, role }: Pick<Segment, 'text' | 'role'>): void {
    if (role === 'assistant' && !this.#options.restore) return
    for (const placeholder of placeholdersIn(text)) this.#free.take(placeholder)
  }

  /** The number of a value of the request. What is first said in a system turn, a tool definition or no turn at all is never given back. */
  numberInRequest(segment: Segment, type: FindingType, value: string): number {
    const label = markerLabel(type)
    const number = this.#request.numberOf(label, this.#key(type, value))
    const placeholder = writePlaceholder({ label, number })
    if (!this.#values.has(placeholder)) {
      const isOwn = isCallersOwn(segment)
      this.#values.set(placeholder, isOwn ? value : null)
      if (isOwn) this.labels.add(label)
    }
    return number
  }

  /** The number of a value of an answer: that of the request, or a new one of this choice. */
  numberInAnswer({ address }: AnswerText, type: FindingType, value: string): number {
    const choice = /^choices\[[0-9]+\]/.exec(address)?.[0] ?? ''
    const known = this.#answers.get(choice)
    const values = known ?? new NumberedValues(this.#free, this.#request)
    if (known === undefined) this.#answers.set(choice, values)
    return values.numberOf(markerLabel(type), this.#key(type, value))
  }

  /** The caller's own value, as first written; `null` when there is none to give back. */
  valueOf(placeholder: Placeholder): string | null {
    return this.#values.get(writePlaceholder(placeholder)) ?? null
  }

  #key(type: FindingType, value: string): string {
    return valueKey(type, value, this.#options.phoneRegions)
  }
}

function isCallersOwn({ role, field }: Segment): boolean {
  return callersRoles.has(role) && field !== 'tool_definition'
}
