import type { AuditEvent } from '@keeptrusts/core'
import type { OpenRequest } from './report.ts'

/** An event with its place. */
export interface PlacedEvent {
  readonly seq: number
  readonly ts: number
  readonly event: AuditEvent
}

const maximalOpen = 1_000_000

/** What the walk remembers of the events it has read: those about the log itself, and what must be found elsewhere. */
export class OwnEvents {
  readonly genesis: PlacedEvent[] = []
  readonly rotations: PlacedEvent[] = []
  readonly prunings: PlacedEvent[] = []
  readonly erasures: PlacedEvent[] = []
  /** Configurations that events name, each with the first event that does. */
  readonly configs = new Map<string, number>()
  /** Requests that were let through and have not ended yet, by their id. */
  readonly #open = new Map<string, number>()

  /** Takes note of an event. */
  add(placed: PlacedEvent): void {
    const { seq, event } = placed
    const hash = event['config_hash']
    if (typeof hash === 'string' && !this.configs.has(hash)) this.configs.set(hash, seq)
    this.#follow(seq, event)
    switch (event.type) {
      case 'audit.genesis':
        this.genesis.push(placed)
        break
      case 'audit.key_rotated':
        this.rotations.push(placed)
        break
      case 'audit.pruned':
        this.prunings.push(placed)
        break
      case 'audit.payload_erased':
        this.erasures.push(placed)
        break
    }
  }

  /** Requests that were let through and have no end here, in log order. */
  openRequests(): readonly OpenRequest[] {
    return [...this.#open].map(([request_id, seq]) => ({ seq, request_id }))
  }

  #follow(seq: number, { type, decision, request_id: id }: AuditEvent): void {
    if (typeof id !== 'string') return
    if (type === 'request.decided') {
      const wasLetThrough = decision === 'allow' || decision === 'redact'
      if (wasLetThrough && this.#open.size < maximalOpen) this.#open.set(id, seq)
    } else if (type === 'request.completed' || type === 'request.aborted') {
      this.#open.delete(id)
    }
  }
}
