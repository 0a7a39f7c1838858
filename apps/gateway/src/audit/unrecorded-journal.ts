import type { BodyDecision } from '@keeptrusts/core'
import { GatewayError } from '../errors/gateway-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { Ending } from './ending.ts'
import type { Journal } from './journal.ts'
import { countCall } from './journal.ts'
import { noReference } from './recorder.ts'

const severity = ['allow', 'redact', 'block', 'error']

/** The journal of a call that nobody is told of: it makes no events beside those of the engine, which cost a good part of a call without policies. */
export class UnrecordedJournal implements Journal {
  readonly reference = noReference
  readonly #deps: Pick<GatewayDeps, 'metrics'>
  #outcome = 'none'
  #ended = false

  constructor(deps: Pick<GatewayDeps, 'metrics'>) {
    this.#deps = deps
  }

  get outcome(): string {
    return this.#outcome
  }

  get decided(): boolean {
    return this.#outcome !== 'none'
  }

  async decide(decision: BodyDecision | GatewayError): Promise<void> {
    this.#outcome = decision instanceof GatewayError ? 'error' : decision.outcome
    if (this.#outcome === 'block' || this.#outcome === 'error') this.#end()
  }

  async complete({ error, decision }: Ending): Promise<void> {
    if (this.#ended) return
    const answer = error ? 'error' : (decision?.outcome ?? 'allow')
    // The worse of request and answer, as in the event that others have.
    if (severity.indexOf(answer) > severity.indexOf(this.#outcome)) this.#outcome = answer
    this.#end()
  }

  async abort(): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    countCall('aborted', this.#deps)
  }

  #end(): void {
    this.#ended = true
    countCall({ outcome: this.#outcome }, this.#deps)
  }
}
