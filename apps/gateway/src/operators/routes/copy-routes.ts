import type { FileHandle } from 'node:fs/promises'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { copyLogAside } from '@keeptrusts/audit-store'
import { ControlRequestError } from '../../control/control-error.ts'
import { recordRead } from '../operator-events.ts'
import type { OperatorRoute } from '../operator-route.ts'
import type { OperatorServices } from '../operator-services.ts'

const chunkBytes = 64 * 1024

/** The whole log, so that an auditor can verify it on a machine of their own; one copy at a time. */
export function copyRoutes(services: OperatorServices): readonly OperatorRoute[] {
  let busy = false
  return [
    {
      method: 'GET',
      path: '/log/copy',
      access: 'events:copy',
      handle: async (call) => {
        const { store, deps } = services
        if (store === null) throw new ControlRequestError('This gateway keeps no log.', 409)
        if (busy)
          throw new ControlRequestError('Somebody else is fetching a copy: try again later.', 429)
        busy = true
        // Made with 0700.
        const folder = await mkdtemp(join(tmpdir(), 'keeptrusts-copy-'))
        const end = async (): Promise<void> => {
          busy = false
          await rm(folder, { recursive: true, force: true, maxRetries: 3 })
        }
        try {
          const read = { type: 'audit.export', command: 'log copy', filter: {}, count: null }
          await recordRead(read, call, deps)
          const path = join(folder, 'audit.db')
          const bytes = await copyLogAside(store.status().dir, path)
          const headers = {
            'content-type': 'application/octet-stream',
            'content-length': `${bytes}`,
          }
          return new Response(readThrough(await open(path), end), { headers })
        } catch (error) {
          await end()
          throw error
        }
      },
    },
  ]
}

/** The file in pieces, read as fast as they are taken; `end` is called once, however it ends. */
function readThrough(file: FileHandle, end: () => Promise<void>): ReadableStream<Uint8Array> {
  const close = async (): Promise<void> => {
    await file.close()
    await end()
  }
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const buffer = new Uint8Array(chunkBytes)
        const { bytesRead } = await file.read(buffer, 0, chunkBytes)
        if (bytesRead > 0) controller.enqueue(buffer.subarray(0, bytesRead))
        else {
          controller.close()
          await close()
        }
      },
      cancel: close,
    },
    { highWaterMark: 1 },
  )
}
