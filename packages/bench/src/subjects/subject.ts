import type { ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'

/** Something that the load is sent to: the model server itself, or what stands before it. */
export interface Subject {
  readonly name: string
  readonly port: number
  readonly child: ChildProcess
  /** Where calls go; `/v1/chat/completions` when absent. */
  readonly path?: string
  /** What every call to it must carry. */
  readonly headers?: Readonly<Record<string, string>>
}

/** The process id of a subject. */
export function pidOf({ child }: Subject): number {
  return child.pid ?? 0
}

/** A port of 127.0.0.1 that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address !== null && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('no port')),
      )
    })
  })
}
