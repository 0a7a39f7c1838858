import { connect } from 'node:net'
import type { Receipt } from '@keeptrusts/audit-store'
import type { AuditEvent } from '@keeptrusts/core'
import { controlPath } from '@keeptrusts/core/node'
import { CliError } from '../errors/cli-error.ts'
import { refuseForeignFolder } from './refuse-foreign-folder.ts'

/** Nothing else listens there, so that an answer comes at once or the gateway hangs. */
const answerMs = 10_000

/**
 * Has the gateway that runs with a data folder make an event durable; `null` when none runs, or it keeps no log. The same
 * exchange as `ControlClient.recordEvents`, without the HTTP client of Node: loading that takes longer than the command it would
 * serve. Throws `CliError`, with the gateway's own code where it gave one.
 */
export async function recordThroughGateway(
  dataDir: string,
  event: AuditEvent,
): Promise<Receipt | null> {
  const place = controlPath(dataDir)
  if (!refuseForeignFolder(place)) return null
  const answer = await exchange(place.path, JSON.stringify({ events: [event] }))
  if (answer === null) return null
  const { status, body } = parseAnswer(answer)
  // `audit_store: {kind: none}`: what it does not keep, others may write.
  if (status === 409) return null
  if (status !== 200) throw refused(body)
  const [receipt] = body['receipts'] as readonly Receipt[]
  return receipt ?? null
}

/** Sends one request of HTTP/1.0, whose answer ends with the connection (RFC 9112 §6.3). `null` when nobody listens. */
function exchange(path: string, body: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(path)
    const chunks: Buffer[] = []
    socket.setTimeout(answerMs, () => {
      socket.destroy()
      reject(unreachable(`gave no answer in ${answerMs / 1000} s`))
    })
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(null)
      else reject(connectFailure(error))
    })
    // Not `end`: a server of Node gives up on a client that has closed its half.
    socket.write(
      `POST /keeptrusts/log/events HTTP/1.0\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    )
  })
}

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

function parseAnswer(text: string): Answer {
  const [, status] = /^HTTP\/1\.[01] (\d{3})/.exec(text) ?? []
  const end = text.indexOf('\r\n\r\n')
  try {
    if (status !== undefined && end !== -1)
      return { status: Number(status), body: JSON.parse(text.slice(end + 4)) }
  } catch {
    // Cut off: the same as no answer.
  }
  throw unreachable('ended in the middle of its answer')
}

function refused({ error }: Answer['body']): CliError {
  const { code, message, suggestion } = (error ?? {}) as Answer['body']
  return new CliError({
    code: typeof code === 'string' ? code : 'control-request-invalid',
    message: typeof message === 'string' ? message : 'The running gateway refused this.',
    ...(typeof suggestion === 'string' && { suggestion }),
  })
}

function connectFailure(error: NodeJS.ErrnoException): CliError {
  if (error.code !== 'EACCES')
    return unreachable(`ended the connection (${error.code ?? error.message})`)
  return new CliError({
    code: 'permission-denied',
    message: 'The running gateway belongs to another user.',
    suggestion: 'Run kt as the user that runs the gateway.',
  })
}

function unreachable(how: string): CliError {
  return new CliError({
    code: 'gateway-unreachable',
    message: `The gateway that runs with this data folder ${how}.`,
    suggestion: 'Look at its log; when it hangs, stop it and start it again.',
  })
}
