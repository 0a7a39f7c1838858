import { readFileSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Sandbox } from '../../fixtures/spawn-kt.ts'
import { createSandbox } from '../../fixtures/spawn-kt.ts'
import type { GatewayProcess } from '../../fixtures/start-gateway.ts'
import { startGateway } from '../../fixtures/start-gateway.ts'
import type { RecordingUpstream } from './recording-upstream.ts'
import { startRecordingUpstream } from './recording-upstream.ts'

/** A spawned gateway in front of an upstream that records what it gets, with raw sockets to it. */
export interface Bench {
  readonly upstream: RecordingUpstream
  readonly gateway: GatewayProcess
  readonly sandbox: Sandbox
  /** A raw connection that collects what it receives. */
  connect(): RawConnection
  /** Sends bytes and resolves with all that came back once the connection is closed; rejects when it stays open. */
  send(bytes: string | Uint8Array): Promise<string>
  /** Sends a chat body with Content-Length and `connection: close`. */
  ask(body: string | Uint8Array, headers?: string): Promise<string>
  /** The records of the log, oldest first, without those of our own looking. */
  events(): Promise<readonly Event[]>
  health(): Promise<Readonly<Record<string, unknown>>>
  stop(): Promise<void>
}

type Event = Readonly<Record<string, unknown>>

export interface RawConnection {
  readonly socket: Socket
  /** What came so far, one character per byte. */
  text(): string
  /** Resolves when the other side has closed. */
  readonly closed: Promise<void>
  /** Resolves once `found` is in what came; rejects when the connection closes before, or when it never comes. */
  until(found: string | RegExp): Promise<string>
}

export interface BenchOptions {
  /** The policies; `audit-logger` alone when absent, so that streams go out as they come. */
  readonly chain?: string
  /** YAML of the target's further keys, in flow style. */
  readonly target?: string
  /** YAML of further top-level keys. */
  readonly more?: string
  readonly env?: Readonly<Record<string, string>>
  /** Where calls go instead of the recording upstream. */
  readonly baseUrl?: string
}

/**
 * Milliseconds until something counts as never. Far more than a busy machine needs, and less than what would end it all
 * the same: a client that reads nothing (60 s) or an idle connection (75 s).
 */
const patience = 50_000

/** The chain of the product's own page. */
export const pageChain = 'prompt-injection, pii-detector, audit-logger'

const policies = {
  'prompt-injection': 'prompt-injection: {threshold: 0.8, action: block}',
  'pii-detector':
    'pii-detector: {action: redact, entities: [PERSON, EMAIL_ADDRESS, PHONE_NUMBER, SSN]}',
  'audit-logger': 'audit-logger: {immutable: true, retention_days: 365, log_all_access: true}',
}

/** The start of a request head; what follows are headers. */
export const postHead = 'POST /v1/chat/completions HTTP/1.1\r\nHost: kt\r\n'

/** A chat body with one user message. */
export function chat(content: string, more: object = {}): string {
  return JSON.stringify({ model: 'm', messages: [{ role: 'user', content }], ...more })
}

/** Starts one; `stop` it in `afterAll`. */
export async function startBench(options: BenchOptions = {}): Promise<Bench> {
  const upstream = await startRecordingUpstream()
  const sandbox = createSandbox()
  const file = join(sandbox.folder, 'policy-config.yaml')
  writeFileSync(file, configFor(options.baseUrl ?? `${upstream.url}/v1`, options))
  const gateway = await startGateway(sandbox, [], options.env)
  const { port } = new URL(gateway.url)
  const open = (): RawConnection => rawConnection(Number(port))
  const send: Bench['send'] = async (bytes) => {
    const connection = open()
    connection.socket.write(bytes)
    const left = pause(patience, 'left', { ref: false })
    const outcome = await Promise.race([connection.closed, left])
    connection.socket.destroy()
    if (outcome === 'left') throw new Error(`never closed, after: ${connection.text()}`)
    return connection.text()
  }
  return {
    upstream,
    gateway,
    sandbox,
    connect: open,
    send,
    ask: (body, headers = '') => send(request(body, `Connection: close\r\n${headers}`)),
    events: async () => {
      const { stdout } = await sandbox.kt(['events', 'list', '--raw', '--limit', '10000'])
      const lines = stdout.split('\n').filter((line) => line !== '')
      const records = lines.map((line) => JSON.parse(line) as Event).reverse()
      return records.filter(({ type }) => type !== 'audit.read')
    },
    health: async () => (await (await fetch(`${gateway.url}/health`)).json()) as Event,
    stop: async () => {
      gateway.child.kill('SIGKILL')
      await gateway.exited
      upstream.close()
      sandbox.remove()
    },
  }
}

/** The bytes of a chat request with Content-Length. */
export function request(body: string | Uint8Array, headers = ''): Buffer {
  const bytes = Buffer.from(body)
  const head = `${postHead}Content-Type: application/json\r\n${headers}Content-Length: ${bytes.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), bytes])
}

/** Milliseconds that a usual call takes now, on this machine and with what else it does: the middle one of five. */
export async function usualTime({ ask }: Bench): Promise<number> {
  const times: number[] = []
  for (let call = 0; call < 5; call++) {
    const begun = performance.now()
    await ask(chat('usual'))
    times.push(performance.now() - begun)
  }
  return times.sort((a, b) => a - b)[2] ?? Number.NaN
}

/** Status and body of an answer with Content-Length or until the close. */
export function parseAnswer(text: string): { readonly status: number; readonly body: string } {
  const end = text.indexOf('\r\n\r\n')
  return { status: Number(text.slice(9, 12)), body: text.slice(end + 4) }
}

/** How many answers there are in what came over a connection. */
export function countAnswers(text: string): number {
  return text.match(/HTTP\/1\.1 \d{3} /g)?.length ?? 0
}

/** `error.code` of an answer; `null` for one without. */
export function codeOf(text: string): string | null {
  return /"code":"(\w+)"/.exec(parseAnswer(text).body)?.[1] ?? null
}

/** Most memory the process has held so far, in MiB. Linux only. */
export function peakMemory({ child }: GatewayProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024
}

function configFor(baseUrl: string, options: BenchOptions): string {
  const { chain = 'audit-logger', target = '', more = '' } = options
  const blocks = chain.split(', ').map((kind) => policies[kind as keyof typeof policies])
  return `pack: {name: guards, version: 1.0.0, enabled: true}
providers:
  targets:
    - {id: local, provider: "openai:chat:m", base_url: "${baseUrl}"${target && `, ${target}`}}
policies: {chain: [${chain}]}
policy: {${blocks.join(', ')}}
${more}
`
}

function rawConnection(port: number): RawConnection {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  const listeners = new Set<() => void>()
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => resolve())
  })
  socket.on('error', () => {})
  socket.setEncoding('latin1').on('data', (more) => {
    text += more
    for (const listener of listeners) listener()
  })
  const until = (found: string | RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (typeof found === 'string' ? text.includes(found) : found.test(text)) finish(resolve)
      }
      const give = (): void => finish(() => reject(new Error(`${found} never came, but: ${text}`)))
      const timer = setTimeout(give, patience)
      const finish = (then: (text: string) => void): void => {
        clearTimeout(timer)
        listeners.delete(look)
        then(text)
      }
      listeners.add(look)
      look()
      void closed.then(give)
    })
  return { socket, text: () => text, closed, until }
}
