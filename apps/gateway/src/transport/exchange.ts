import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import { ChunkQueue } from './chunk-queue.ts'
import { decodeBody } from './decode-body.ts'
import type { UpstreamRequest, UpstreamResponse } from './transport.ts'
import { TransportError, toTransportError } from './transport-error.ts'

type Controller = Dispatcher.DispatchController

/** One request and its answer on undici's dispatch interface: timers, cancellation, and what was sent. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly response: Promise<UpstreamResponse>
  readonly #request: UpstreamRequest
  readonly #firstByteTimer: NodeJS.Timeout
  // A call that was left already fails in the constructor, before there is something to stop.
  #stopListening: () => void = () => {}
  readonly #queue: ChunkQueue
  #resolve!: (response: UpstreamResponse) => void
  #reject!: (error: TransportError) => void
  #controller: Controller | null = null
  #failure: TransportError | null = null
  #answered = false
  #settled = false
  #handedOver = false
  #waiting = false
  #received = 0

  constructor(request: UpstreamRequest) {
    this.#request = request
    this.response = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    this.#queue = new ChunkQueue({
      pause: () => this.#controller?.pause(),
      resume: () => this.#controller?.resume(),
      abandon: () => this.#abort('cancelled'),
      ...(request.waits && { waits: request.waits }),
    })
    const patience = request.timeouts.connect_ms + request.timeouts.first_byte_ms
    this.#firstByteTimer = setTimeout(() => this.#abort('first_byte_timeout'), patience)
    this.#stopListening = request.cancellation.onCancel(() => this.#abort('cancelled'))
  }

  /** undici has the request: what follows is waiting for the server, from here when a connection is made first, else from the write. */
  handedOver(connecting: boolean): void {
    this.#handedOver = true
    if (connecting || this.sent) this.#wait()
  }

  #wait(): void {
    if (this.#settled || this.#waiting) return
    this.#waiting = true
    this.#request.waits?.begin()
  }

  /** The head is there, or will never be. */
  #settle(): void {
    clearTimeout(this.#firstByteTimer)
    this.#settled = true
    if (!this.#waiting) return
    this.#waiting = false
    this.#request.waits?.end()
  }

  /** True once undici has begun to write: from here on a server may have seen the request. */
  get sent(): boolean {
    return this.#controller !== null
  }

  onRequestStart(controller: Controller): void {
    if (this.#failure) {
      controller.abort(this.#failure)
      return
    }
    this.#controller = controller
    // undici writes when this returns; the microtask comes when it has written.
    if (this.#handedOver) queueMicrotask(() => this.#wait())
  }

  onResponseStart(_controller: Controller, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return
    this.#answered = true
    this.#settle()
    const header = (name: string): string | undefined => headers[name]?.toString()
    const encoding = header('content-encoding')
    const body = decodeBody(this.#queue, { encoding, limit: this.#request.maxBodyBytes })
    this.#resolve({ status, header, body })
  }

  onResponseData(_controller: Controller, chunk: Buffer): void {
    this.#received += chunk.length
    if (this.#received > this.#request.maxBodyBytes) this.#abort('too_large')
    else this.#queue.push(chunk)
  }

  onResponseEnd(): void {
    this.#stopListening()
    this.#queue.end()
  }

  onResponseError(_controller: Controller, error: Error): void {
    this.#fail(this.#failure ?? toTransportError(error, this.sent))
  }

  #abort(problem: 'cancelled' | 'first_byte_timeout' | 'too_large'): void {
    const failure = new TransportError(problem, { sent: this.sent })
    this.#failure ??= failure
    this.#controller?.abort(failure)
    this.#fail(failure)
  }

  #fail(error: TransportError): void {
    this.#settle()
    this.#stopListening()
    if (this.#answered) this.#queue.fail(error)
    else this.#reject(error)
  }
}
