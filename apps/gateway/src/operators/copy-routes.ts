import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { LogReadings } from '@keeptrusts/audit-store'
import type { Context } from 'hono'
import { ControlRequestError } from '../control/control-error.ts'
import { recordRead } from './log-read-routes.ts'
import type { LogReader } from './log-reader.ts'
import type { OperatorParts } from './operator-parts.ts'
import type { Caller, OperatorRoute } from './route.ts'

/** A copy of a large log takes a while to write, and a while to send. */
const copyMs = 600_000
const sendMs = 1_800_000
const prefix = 'copy-'

interface Copy {
  readonly file: FileHandle
  readonly bytes: number
  readonly events: number
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
      await recordRead(parts, caller, { ...read, answer: { count: copy.events } })
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
  const readings = new LogReadings(dir, copyMs)
  try {
    const out = join(folder, 'audit.db')
    const { count } = await readings.ask({ kind: 'copy', out })
    const file = await open(out)
    const { size } = await file.stat()
    return { file, bytes: size, events: count }
  } finally {
    await readings.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

function send(c: Context, { file, bytes }: Copy, free: () => void): Response {
  const stream = file.createReadStream()
  const timer = setTimeout(() => stream.destroy(), sendMs).unref()
  stream.once('close', () => {
    clearTimeout(timer)
    free()
  })
  // Nobody reads the body of an answer to HEAD.
  if (c.req.method === 'HEAD') stream.destroy()
  return c.body(Readable.toWeb(stream) as ReadableStream, 200, {
    'content-type': 'application/octet-stream',
    'content-length': String(bytes),
  })
}
