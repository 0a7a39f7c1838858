import { chmodSync } from 'node:fs'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { isMainThread } from 'node:worker_threads'
import { createAdaptorServer } from '@hono/node-server'
import type { ControlPath } from '@keeptrusts/core/node'
import type { Hono } from 'hono'
import { prepareControlFolder } from './control-folder.ts'

/** A control socket that answers. */
export interface ControlServer {
  readonly path: string
  /** Takes the socket away and drops what is connected. */
  close(): Promise<void>
}

interface ControlOptions {
  /**
   * True when the caller holds the lease of the log: whatever lies at the path then is of a gateway that is gone. Without a log
   * nobody but the socket itself can tell.
   */
  readonly holdsLease: boolean
}

/**
 * Listens for `kt` on this machine; the file's permission is the authorisation (decision K1). `null` when another gateway
 * without a log answers at the path already. Throws `KeeptrustsError` `loose-permissions`, and what the system throws.
 */
export async function listenForControl(
  app: Hono,
  place: ControlPath,
  { holdsLease }: ControlOptions,
): Promise<ControlServer | null> {
  if (!holdsLease && (await answers(place.path))) return null
  prepareControlFolder(place)
  const server = createAdaptorServer({ fetch: app.fetch, createServer }) as Server
  // Commands come one at a time; the process must be able to end whoever is connected.
  server.keepAliveTimeout = 1000
  server.on('connection', (socket: Socket) => socket.unref())
  await listenPrivately(server, place)
  server.unref()
  const closed = new Promise<void>((resolve) => server.once('close', resolve))
  return {
    path: place.path,
    close: () => {
      server.close()
      server.closeAllConnections()
      return closed
    },
  }
}

/** Binding happens inside `listen`, so that nobody finds the socket with more permissions than it is meant to have. */
function listenPrivately(server: Server, { path, folder }: ControlPath): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('listening', () => {
      try {
        // A thread that is not the main one cannot change the mask.
        if (folder !== null) chmodSync(path, 0o600)
        resolve()
      } catch (error) {
        reject(error)
      }
    })
    const before = isMainThread ? process.umask(0o177) : null
    server.listen(path)
    if (before !== null) process.umask(before)
  })
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}
