import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { copyLogAside } from '@keeptrusts/audit-store'
import type { Context } from 'hono'
import { ControlRequestError } from '../control/control-error.ts'
import { recordRead } from './log-read-routes.ts'
import type { LogReader } from './log-reader.ts'
import type { OperatorParts } from './operator-parts.ts'
import type { Caller, OperatorRoute } from './route.ts'

/** A copy of a large log takes a while to send. */
const sendMs = 1_800_000
const prefix = 'copy-'
const chunkBytes = 64 * 1024

interface Copy {
  readonly file: FileHandle
  readonly bytes: number
}

/** The log as one consistent file, to be verified elsewhere. One copy at a time: each takes the space of the log once more. */
export function copyRoutes(parts: OperatorParts, reader: LogReader): readonly OperatorRoute[] {
  let busy = false
  const answer = async (c: Context, caller: Caller): Promise<Response> => {
    if (busy) throw new ControlRequestError('Another copy of the log is being made or sent.', 409)
    busy = true
    const free = (): void => {
      busy = false
    }
    let copy: Copy | undefined
    try {
      copy = await makeCopy(reader.dir)
      const read = { type: 'audit.export', command: 'GET log/copy', filter: {} } as const
      await recordRead(parts, caller, { ...read, answer: { count: null } })
    } catch (error) {
      await copy?.file.close()
      free()
      throw error
    }
    return send(c, copy, free)
  }
  return [{ method: 'GET', path: '/log/copy', needs: 'events:copy', answer }]
}

/** The copy has no name any more once it is open: whatever happens to this process, its space is given back. */
async function makeCopy(dir: string): Promise<Copy> {
  // A process that was killed meanwhile may have left one.
  for (const name of readdirSync(dir).filter((entry) => entry.startsWith(prefix)))
    rmSync(join(dir, name), { recursive: true, force: true })
  const folder = mkdtempSync(join(dir, prefix))
  try {
    const out = join(folder, 'audit.db')
    const bytes = await copyLogAside(dir, out)
    return { file: await open(out), bytes }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

function send(c: Context, { file, bytes }: Copy, free: () => void): Response {
  let ended = false
  const end = async (): Promise<void> => {
    if (ended) return
    ended = true
    clearTimeout(timer)
    free()
    await file.close()
  }
  const timer = setTimeout(() => void end(), sendMs).unref()
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const buffer = new Uint8Array(chunkBytes)
        const { bytesRead } = await file.read(buffer, 0, chunkBytes)
        if (bytesRead > 0) controller.enqueue(buffer.subarray(0, bytesRead))
        else {
          controller.close()
          await end()
        }
      },
      cancel: end,
    },
    { highWaterMark: 1 },
  )
  // Nobody reads the body of an answer to HEAD.
  if (c.req.method === 'HEAD') void end()
  return c.body(body, 200, {
    'content-type': 'application/octet-stream',
    'content-length': String(bytes),
  })
}
