import { execFile } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { hostname } from 'node:os'
import type { AnchorSettings } from '@keeptrusts/core'
import type { AnchorWriter } from './anchor-writer.ts'

/** How the messages of an anchor look. */
type MessageSettings = Pick<AnchorSettings, 'facility' | 'tag'>

/** RFC 5424 §6.2.1. */
const facilities = {
  user: 1,
  daemon: 3,
  auth: 4,
  authpriv: 10,
  local0: 16,
  local1: 17,
  local2: 18,
  local3: 19,
  local4: 20,
  local5: 21,
  local6: 22,
  local7: 23,
} as const
const notice = 5
const timeoutMs = 5000
/** Where syslog daemons take messages on this machine; the second on macOS. */
const localSockets = ['/dev/log', '/var/run/syslog']

/**
 * The syslog of this machine, through `logger`: its socket is of a kind that Node cannot write to. Whether the message was stored
 * nobody says.
 */
export class LocalSyslogAnchor implements AnchorWriter {
  readonly type = 'syslog'
  readonly where = 'syslog'
  readonly #arguments: readonly string[]

  constructor({ facility = 'authpriv', tag = 'keeptrusts' }: MessageSettings) {
    this.#arguments = ['-p', `${facility}.notice`, '-t', tag]
  }

  async write(line: string): Promise<void> {
    // Without a daemon some versions of logger drop the message and say nothing.
    if (!localSockets.some((path) => existsSync(path)))
      throw new Error('no syslog runs on this machine; name a server with address')
    await new Promise<void>((resolve, reject) => {
      execFile('logger', [...this.#arguments, '--', line], { timeout: timeoutMs }, (error) =>
        error ? reject(new Error(`logger failed (${error.code ?? error.message})`)) : resolve(),
      )
    })
  }

  close(): void {}
}

/** A syslog server: one RFC 5424 message per anchor, over UDP (RFC 5426) or on a TCP connection of its own, ended by a line feed (RFC 6587 §3.4.2). */
export class RemoteSyslogAnchor implements AnchorWriter {
  readonly type = 'syslog'
  readonly where: string
  readonly #settings: MessageSettings
  readonly #place: { readonly host: string; readonly port: number; readonly isTcp: boolean }

  /** `address`: `udp://host:port` or `tcp://host:port`; the ports are 514 and 601 when absent. */
  constructor(address: string, settings: MessageSettings) {
    this.where = address
    this.#settings = settings
    const isTcp = address.startsWith('tcp:')
    const url = new URL(address)
    const host = url.hostname.replace(/^\[|\]$/g, '')
    this.#place = { host, port: Number(url.port) || (isTcp ? 601 : 514), isTcp }
  }

  write(line: string): Promise<void> {
    const message = syslogMessage(line, this.#settings)
    return this.#place.isTcp ? this.#sendTcp(message) : this.#sendUdp(message)
  }

  close(): void {}

  #sendUdp(message: string): Promise<void> {
    const { host, port } = this.#place
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
    socket.unref()
    return new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.send(message, port, host, (error) => (error ? reject(error) : resolve()))
    }).finally(() => socket.close())
  }

  #sendTcp(message: string): Promise<void> {
    const { host, port } = this.#place
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port })
      // Some servers keep a connection open that has ended on this side.
      socket.setTimeout(timeoutMs, () =>
        socket.destroy(socket.writableFinished ? undefined : new Error('it took no connection')),
      )
      socket.once('error', reject)
      socket.once('close', (failed) => {
        if (!failed) resolve()
      })
      socket.resume()
      socket.end(`${message}\n`)
    })
  }
}

/** RFC 5424 §6: version 1, no structured data. The line is ASCII. */
function syslogMessage(
  line: string,
  { facility = 'authpriv', tag = 'keeptrusts' }: MessageSettings,
): string {
  const priority = facilities[facility] * 8 + notice
  const host =
    hostname()
      .replace(/[^!-~]/g, '')
      .slice(0, 255) || '-'
  return `<${priority}>1 ${new Date().toISOString()} ${host} ${tag} ${process.pid} anchor - ${line}`
}
