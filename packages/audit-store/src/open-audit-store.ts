import { createHmac } from 'node:crypto'
import type { AuditEvent } from '@keeptrusts/core'
import type { AnchorOptions } from './anchors/anchor-places.ts'
import { AnchorPublisher, anchorWriters } from './anchors/anchor-publisher.ts'
import type { AnchorStatus } from './anchors/anchor-status.ts'
import type { AnchorPace } from './anchors/anchor-track.ts'
import type { AuditStore, Receipt, StoreState, StoreStatus } from './audit-store.ts'
import { canonicalEvent } from './canonical-event.ts'
import { eventId } from './event-id.ts'
import { EventRefusal } from './event-refusal.ts'
import type { EntryReceipt, EventEntry } from './log-entry.ts'
import type { LogKeyFiles } from './log-keys.ts'
import type { OpenedLog } from './opened-log.ts'
import type { OrphanedRequest } from './orphaned-requests.ts'
import { PayloadSealer } from './payloads/payload-sealer.ts'
import type { StateChange } from './state-watch.ts'
import { AuditUnavailableError, InvalidEventError } from './store-errors.ts'
import type { LogTask, LogTaskResult } from './tasks/log-task.ts'
import type { WorkerEntry } from './worker-entry.ts'
import { workerEntry } from './worker-entry.ts'
import type { Incident } from './writer-client.ts'
import { WriterClient } from './writer-client.ts'

export interface AuditStoreOptions {
  /** Folder of the log (`<data folder>/audit`); made when missing, usable by its owner only. */
  readonly dir: string
  /** Folder of the log's keys (`<config folder>/keys`); they are made together with a new log and never again. */
  readonly keysDir: string
  /** Keys that are kept elsewhere; `keyFilesFromEnvironment` reads them from `KEEPTRUSTS_*_KEY_FILE`. */
  readonly keyFiles?: Partial<LogKeyFiles>
  /** How often the note of a growing log is kept as a checkpoint, milliseconds. Default one minute. */
  readonly checkpointMs?: number
  /** How long the log may be silent before it records that it is still written, milliseconds. Default one hour. */
  readonly heartbeatMs?: number
  /** Whether contents of calls will be handed to `record`; makes the payload master key when there is none yet. */
  readonly keepsContent?: boolean
  /** How long a record may wait for the disk, milliseconds. Default 2000. */
  readonly ackTimeoutMs?: number
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number
  /** Where checkpoints are written besides the log; nowhere when absent. */
  readonly anchors?: AnchorOptions
  /** How patient anchors are. */
  readonly anchorPace?: Partial<AnchorPace>
  /** Told when an anchor begins to fail, and when it works again. */
  readonly onAnchor?: (status: AnchorStatus) => void
  /** Told when the log stops taking records, and when it takes them again. */
  readonly onState?: (change: StateChange) => void
}

/** An open log, and what is worth telling the operator about it. */
export interface OpenedAuditStore extends AuditStore {
  /** Whether opening made the log; then `publicKey` should be printed once. */
  readonly created: boolean
  /** The verifier key (C2SP signed-note form), to be kept elsewhere. */
  readonly publicKey: string
}

/**
 * Opens the log for writing, or makes it. Requests that a crash cut off are recorded as `request.aborted` before this resolves.
 * Rejects with `StoreInUseError` when another process writes it, with `StoreRefusedError` when it must not be used as it is.
 */
export function openAuditStore(options: AuditStoreOptions): Promise<OpenedAuditStore> {
  return startAuditStore(options, workerEntry('worker'))
}

/** `openAuditStore` with another worker, for tests that inject faults. */
export async function startAuditStore(
  options: AuditStoreOptions,
  worker: WorkerEntry,
): Promise<OpenedAuditStore> {
  const now = options.now ?? Date.now
  let publisher: AnchorPublisher | undefined
  const client = await WriterClient.start({
    ...worker,
    log: {
      dir: options.dir,
      keysDir: options.keysDir,
      openedAt: now(),
      ...(options.now && { clockOffsetMs: now() - Date.now() }),
      ...(options.keyFiles && { keyFiles: options.keyFiles }),
      ...(options.checkpointMs !== undefined && { checkpointMs: options.checkpointMs }),
      ...(options.keepsContent && { keepsContent: true }),
      ...(options.heartbeatMs !== undefined && { heartbeatMs: options.heartbeatMs }),
      ...(options.anchors && { anchors: options.anchors }),
    },
    ackTimeoutMs: options.ackTimeoutMs ?? 2000,
    now,
    onState: options.onState ?? (() => {}),
    onKept: (checkpoint) => publisher?.offer(checkpoint),
    describe: (incident, opened) =>
      canonicalEvent(incidentEvent(incident, now()), opened.log, now()),
  })
  publisher = startAnchors(options, client.opened, now)
  const store = new SqliteAuditStore({ client, publisher, now })
  try {
    await Promise.all(
      client.opened.orphans.map((orphan) => store.append(abortedEvent(orphan, now()))),
    )
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}

/** While the disk is slow, contents must not fill the memory: this much, and calls are refused as they are without a disk. */
const maximalWaiting = 64 * 1024 * 1024

/** What was kept before this start, by a command of `kt` or by a gateway that was killed, is anchored first. */
function startAnchors(
  { anchors, anchorPace: pace, onAnchor = () => {} }: AuditStoreOptions,
  { log, anchored, checkpoint }: OpenedLog,
  now: () => number,
): AnchorPublisher {
  const writers = anchors ? anchorWriters(anchors, log) : []
  const publisher = new AnchorPublisher(writers, {
    ...(pace && { pace }),
    anchored,
    now,
    onChange: onAnchor,
  })
  if (checkpoint) publisher.offer(checkpoint)
  return publisher
}

interface StoreParts {
  readonly client: WriterClient
  readonly publisher: AnchorPublisher
  readonly now: () => number
}

class SqliteAuditStore implements OpenedAuditStore {
  readonly #client: WriterClient
  readonly #publisher: AnchorPublisher
  readonly #now: () => number
  readonly #configs = new Set<string>()
  readonly #sealer: PayloadSealer | null
  /** Bytes of contents on their way to the disk. */
  #waiting = 0

  constructor({ client, publisher, now }: StoreParts) {
    this.#client = client
    this.#publisher = publisher
    this.#now = now
    const { log, payloadKey } = client.opened
    this.#sealer = payloadKey && new PayloadSealer({ log, master: payloadKey, now })
  }

  get log(): string {
    return this.#client.opened.log
  }

  get created(): boolean {
    return this.#client.opened.created
  }

  get publicKey(): string {
    return this.#client.opened.publicKey
  }

  get state(): StoreState {
    return this.#client.state
  }

  status(): StoreStatus {
    return { ...this.#client.status(), anchors: this.#publisher.statuses }
  }

  async record(event: AuditEvent, content?: Uint8Array): Promise<Receipt> {
    const receipt = await this.#send(event, content)
    if (!receipt) throw new AuditUnavailableError('its writer gave no receipt')
    return { log: this.log, seq: receipt.seq, ts: receipt.ts }
  }

  async append(event: AuditEvent): Promise<void> {
    await this.record(event)
  }

  async #send(event: AuditEvent, content: Uint8Array | undefined): Promise<EntryReceipt> {
    if (content === undefined) return this.#client.send(toEntry(event, this.log, this.#now()))
    if (this.#waiting > 0 && this.#waiting + content.length > maximalWaiting) {
      throw new AuditUnavailableError('too many contents are waiting')
    }
    const entry = this.#seal(event, content)
    this.#waiting += content.length
    try {
      return await this.#client.send(entry)
    } finally {
      this.#waiting -= content.length
    }
  }

  /** The tree commits to the encrypted content through the event. */
  #seal(event: AuditEvent, content: Uint8Array): EventEntry {
    if (this.#sealer === null) throw new Error('the log was not opened to keep contents')
    const { payload, hash } = this.#sealer.seal(event.id, content)
    const said = event['content']
    const fields = typeof said === 'object' && said !== null && !Array.isArray(said) ? said : {}
    const sealed = { ...event, content: { ...fields, payload: hash } }
    return { ...toEntry(sealed, this.log, this.#now()), payload }
  }

  hmac(text: string): string {
    return createHmac('sha256', this.#client.opened.promptKey).update(text, 'utf8').digest('hex')
  }

  async rememberConfig(hash: string, canonical: string): Promise<void> {
    if (this.#configs.has(hash)) return
    await this.#client.send({ kind: 'config', hash, canonical })
    this.#configs.add(hash)
  }

  run<Task extends LogTask>(task: Task): Promise<LogTaskResult<Task>> {
    return this.#client.run(task)
  }

  async close(): Promise<void> {
    await this.#client.close()
    await this.#publisher.close()
  }
}

/** `canonicalEvent` for callers outside of this package. Throws `InvalidEventError`. */
function toEntry(event: AuditEvent, log: string, at: number): EventEntry {
  try {
    return canonicalEvent(event, log, at)
  } catch (error) {
    throw error instanceof EventRefusal ? new InvalidEventError(error.path, error.problem) : error
  }
}

function incidentEvent({ type, fields }: Incident, at: number): AuditEvent {
  return { id: eventId(at), type, time: new Date(at).toISOString(), stage: 'audit', ...fields }
}

function abortedEvent({ eventId: decided, requestId }: OrphanedRequest, at: number): AuditEvent {
  return {
    id: eventId(at),
    type: 'request.aborted',
    time: new Date(at).toISOString(),
    request_id: requestId,
    stage: 'abort',
    reason: 'gateway_crash',
    refs: { decided },
  }
}
