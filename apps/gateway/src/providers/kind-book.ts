import type { Log } from '../log/log.ts'
import { errorFields } from '../log/log.ts'
import type { Transport } from '../transport/transport.ts'
import type { ServerKind } from './mlflow/probe-server.ts'
import { probeServer } from './mlflow/probe-server.ts'
import type { TargetRuntime } from './target-runtime.ts'
import { baseUrl } from './target-runtime.ts'

interface KindBookOptions {
  readonly transport: Transport
  readonly log: Log
  /** Only such targets are asked: what says its protocol outright is believed. */
  readonly isProbed: (target: TargetRuntime) => boolean
}

/** Which kind of server stands behind each target, as far as it was asked (decision W3). */
export class KindBook {
  readonly #transport: Transport
  readonly #log: Log
  readonly #isProbed: (target: TargetRuntime) => boolean
  readonly #underWay = new Map<string, Promise<ServerKind>>()

  constructor({ transport, log, isProbed }: KindBookOptions) {
    this.#transport = transport
    this.#log = log
    this.#isProbed = isProbed
  }

  /** The kind that is remembered, after a probe that is under way; `unknown` when nobody asked yet. */
  async current(target: TargetRuntime): Promise<ServerKind> {
    const probing = this.#underWay.get(target.id)
    if (probing) await probing
    return target.learned.kind ?? 'unknown'
  }

  /** Forgets a server that went away: another kind may come back on its port. */
  forget(target: TargetRuntime): void {
    delete target.learned.kind
    delete target.learned.form
    delete target.learned.agentStreams
    target.health.reachable = false
  }

  /** Asks the server, at most once at a time per target. Never throws; takes at most two seconds. */
  async probe(target: TargetRuntime): Promise<ServerKind> {
    if (!this.#isProbed(target)) return 'unknown'
    const underWay = this.#underWay.get(target.id)
    if (underWay) return underWay
    const probing = this.#ask(target)
    this.#underWay.set(target.id, probing)
    try {
      return await probing
    } finally {
      this.#underWay.delete(target.id)
    }
  }

  async #ask(target: TargetRuntime): Promise<ServerKind> {
    const { origin } = new URL(baseUrl(target.target))
    const server = { origin, tls: target.tls }
    const kind = await probeServer(server, this.#transport).catch((error: unknown) => {
      this.#log.error('target.probe_failed', { target: target.id, ...errorFields(error) })
      return 'unknown' as const
    })
    if (kind === 'unreachable') this.forget(target)
    else this.#remember(target, kind)
    return kind
  }

  #remember(target: TargetRuntime, kind: ServerKind): void {
    target.health.reachable = true
    if (target.learned.kind === kind) return
    target.learned.kind = kind
    this.#log.info('target.kind_found', { target: target.id, kind })
  }
}
