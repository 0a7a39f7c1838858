import type { Server } from 'node:https'
import { KeeptrustsError } from '@keeptrusts/core'
import type { FileWatch, WatchPace } from '../reload/watch-files.ts'
import { watchFiles } from '../reload/watch-files.ts'
import { invalid } from '../transport/read-pem.ts'
import type { LoadedServerTls, ServerTlsFiles } from './load-server-tls.ts'
import { loadServerTls, minVersion } from './load-server-tls.ts'

export interface ServerTlsPace extends WatchPace {
  /** Milliseconds until files that could not be used are tried again without a change of theirs; 60 s. */
  readonly retryMs?: number
}

interface ServerTlsOptions {
  readonly files: ServerTlsFiles
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly pace?: ServerTlsPace
  /** Called when new connections get another certificate. */
  readonly onReloaded: (loaded: LoadedServerTls, before: LoadedServerTls) => void
  /** Called once for each new reason why changed files were not taken. */
  readonly onFailed: (error: KeeptrustsError) => void
}

/** The gateway's certificate and key: read at the start, and again whenever one of the files changes. */
export class ServerTls {
  readonly #options: ServerTlsOptions
  readonly #watch: FileWatch
  readonly #servers = new Set<Server>()
  #current: LoadedServerTls
  #problem: string | null = null
  #retry: NodeJS.Timeout | undefined

  /** Throws `KeeptrustsError` `tls-file-invalid`. */
  constructor(options: ServerTlsOptions) {
    this.#options = options
    const { files, pace } = options
    // Before the first reading: a change in between would otherwise not be seen.
    this.#watch = watchFiles([files.certFile, files.keyFile], () => this.#reload(), pace)
    try {
      this.#current = loadServerTls(files)
    } catch (error) {
      this.#watch.close()
      throw error
    }
  }

  /** What new connections get. */
  get current(): LoadedServerTls {
    return this.#current
  }

  get certFile(): string {
    return this.#options.files.certFile
  }

  /** Why the files as they are now are not used, or `null`. */
  get problem(): string | null {
    return this.#problem
  }

  /** Gives a server, which was made with `current`, each later certificate too. Connections that are there keep theirs. */
  follow(server: Server): void {
    this.#servers.add(server)
    server.once('close', () => this.#servers.delete(server))
  }

  /** Looks at the files no more. */
  close(): void {
    clearTimeout(this.#retry)
    this.#watch.close()
  }

  #reload(): void {
    clearTimeout(this.#retry)
    const before = this.#current
    try {
      const loaded = loadServerTls(this.#options.files)
      this.#assertInTime(loaded)
      this.#problem = null
      if (loaded.cert === before.cert && loaded.key === before.key) return
      const { cert, key } = loaded
      for (const server of this.#servers) server.setSecureContext({ cert, key, minVersion })
      this.#current = loaded
      this.#options.onReloaded(loaded, before)
    } catch (error) {
      if (!KeeptrustsError.isInstance(error)) throw error
      this.#fail(error)
    }
  }

  /** A running gateway has a certificate already: one that no client accepts yet, or any more, is no improvement. */
  #assertInTime({ notBefore, notAfter }: LoadedServerTls): void {
    const now = this.#options.now()
    const { certFile: file } = this.#options.files
    const place = { file, where: `--tls-cert, ${file}` }
    const fix = "Check the file and this machine's clock."
    if (notAfter < now) throw invalid(place, `expired on ${dayOf(notAfter)}`, { fix })
    if (notBefore > now) throw invalid(place, `is not valid before ${dayOf(notBefore)}`, { fix })
  }

  #fail(error: KeeptrustsError): void {
    const { retryMs = 60_000 } = this.#options.pace ?? {}
    this.#retry = setTimeout(() => this.#reload(), retryMs).unref()
    if (error.message === this.#problem) return
    this.#problem = error.message
    this.#options.onFailed(error)
  }
}

/** As in `2027-02-24`. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
