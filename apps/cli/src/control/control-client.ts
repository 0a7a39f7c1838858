import type { IncomingMessage } from 'node:http'
import { request } from 'node:http'
import type { LogActor, Receipt } from '@keeptrusts/audit-store'
import type { AuditEvent } from '@keeptrusts/core'
import { controlPath } from '@keeptrusts/core/node'
import type { StatusReport } from '@keeptrusts/gateway'
import type { SessionAnswer } from '../auth/session-answer.ts'
import { CliError } from '../errors/cli-error.ts'
import type { ReloadReport } from '../gateway/reload-report.ts'
import { refuseForeignFolder } from './refuse-foreign-folder.ts'
import { RefusedByGateway } from './refused-by-gateway.ts'

/** The gateway that runs with a data folder on this machine. Its methods throw `CliError`, with the gateway's own code where it gave one. */
export interface ControlClient {
  /** How the gateway is. */
  status(): Promise<StatusReport>
  /** Has it read its configuration again. Throws `RefusedByGateway`, with `issues` in its answer when the files have errors. */
  reload(actor: LogActor): Promise<ReloadReport>
  /** How operators sign in. */
  signInMethods(): Promise<Readonly<Record<string, unknown>>>
  /** Signs in with an ID token of the gateway's provider. */
  signInWith(idToken: string): Promise<SessionAnswer>
  /** Appends events of what a command did (`audit.read`, …); resolves once they are durable. */
  recordEvents(events: readonly AuditEvent[]): Promise<readonly Receipt[]>
  /** Runs a task in the gateway's log writer; resolves with its result. */
  runTask(task: { readonly kind: string }): Promise<unknown>
}

/** Nothing else listens there, so that an answer comes at once or the gateway hangs. */
const answerMs = 10_000
/** Others may be reloading before it. */
const reloadMs = 60_000
/** A task may walk a whole log. */
const taskMs = 3_600_000

/**
 * Finds the gateway that runs with a data folder; `null` when none answers, and the command opens the files itself. Throws
 * `CliError` `loose-permissions` when the socket may be somebody else's, `gateway-unreachable` when the gateway hangs.
 */
export async function controlClient(dataDir: string): Promise<ControlClient | null> {
  const place = controlPath(dataDir)
  if (!refuseForeignFolder(place)) return null
  const ask = (method: string, path: string, body?: unknown, timeoutMs = answerMs) =>
    exchange({ socketPath: place.path, method, path: `/keeptrusts/${path}`, body, timeoutMs })
  const status = async (): Promise<StatusReport> => (await ask('GET', 'status')) as StatusReport
  try {
    await status()
  } catch (error) {
    if (error instanceof NobodyAnswers) return null
    throw error
  }
  return {
    status,
    reload: async (actor) => (await ask('POST', 'reload', { actor }, reloadMs)) as ReloadReport,
    signInMethods: async () =>
      (await ask('GET', 'auth/methods')) as Readonly<Record<string, unknown>>,
    signInWith: async (idToken) =>
      (await ask('POST', 'auth/oidc', { id_token: idToken })) as SessionAnswer,
    recordEvents: async (events) => {
      const { receipts } = (await ask('POST', 'log/events', { events })) as {
        readonly receipts: readonly Receipt[]
      }
      return receipts
    },
    runTask: async (task) => {
      const { result } = (await ask('POST', 'log/tasks', { task }, taskMs)) as {
        readonly result: unknown
      }
      return result
    },
  }
}

/** There is no socket, or a gateway that was killed left it. */
class NobodyAnswers extends CliError {
  constructor() {
    super({
      code: 'gateway-unreachable',
      message: 'The gateway that ran with this data folder has stopped.',
      suggestion: 'Run the command again.',
    })
  }
}

interface Exchange {
  readonly socketPath: string
  readonly method: string
  readonly path: string
  readonly body: unknown
  readonly timeoutMs: number
}

async function exchange({ socketPath, method, path, body, timeoutMs }: Exchange): Promise<unknown> {
  const text = body === undefined ? '' : JSON.stringify(body)
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request({
      socketPath,
      method,
      path,
      agent: false,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
      timeout: timeoutMs,
    })
    asked.on('timeout', () => asked.destroy(unreachable(`gave no answer in ${timeoutMs / 1000} s`)))
    asked.on('error', (error) => reject(connectFailure(error)))
    asked.on('response', resolve)
    asked.end(text)
  })
  return readAnswer(response)
}

function connectFailure(error: NodeJS.ErrnoException): Error {
  if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') return new NobodyAnswers()
  if (error instanceof CliError) return error
  if (error.code === 'EACCES')
    return new CliError({
      code: 'permission-denied',
      message: 'The running gateway belongs to another user.',
      suggestion: 'Run kt as the user that runs the gateway.',
    })
  return unreachable(`ended the connection (${error.code ?? error.message})`)
}

async function readAnswer(response: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of response) chunks.push(chunk as Buffer)
  } catch {
    throw unreachable('ended in the middle of its answer')
  }
  const answer = parse(Buffer.concat(chunks).toString('utf8'))
  if (response.statusCode === 200) return answer
  throw new RefusedByGateway(answer)
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>
  } catch {
    throw unreachable('answered with something that is not JSON')
  }
}

function unreachable(how: string): CliError {
  return new CliError({
    code: 'gateway-unreachable',
    message: `The gateway that runs with this data folder ${how}.`,
    suggestion: 'Look at its log; when it hangs, stop it and start it again.',
  })
}
