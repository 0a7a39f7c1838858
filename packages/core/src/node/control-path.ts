import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where a running gateway listens for `kt` on the same machine (decision K1). */
export interface ControlPath {
  /** For `listen` and `connect`: a socket file, or a named pipe on Windows. */
  readonly path: string
  /** The folder that holds the socket file; `null` for a pipe. */
  readonly folder: string | null
  /** True when that folder is not the data folder but one of our own, made for the socket alone. */
  readonly apart: boolean
}

interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly tmpdir: string
  readonly uid: number
}

/** The kernel keeps paths of sockets in 108 bytes, macOS in 104. */
const longestPath = 100

/**
 * The control socket of the gateway with a data folder: `<data folder>/control.sock`. Where that path is too long for the
 * kernel, a folder named after the user and the data folder, below the one for temporary files, holds the socket.
 */
export function controlPath(
  dataDir: string,
  { platform, tmpdir: temporary, uid }: Surroundings = surroundings(),
): ControlPath {
  const data = resolve(dataDir)
  const hash = createHash('sha256').update(data).digest('hex').slice(0, 16)
  if (platform === 'win32')
    return { path: `\\\\.\\pipe\\keeptrusts-${hash}`, folder: null, apart: false }
  const inside = join(data, 'control.sock')
  if (Buffer.byteLength(inside) <= longestPath) return { path: inside, folder: data, apart: false }
  const folder = join(temporary, `kt-${uid}-${hash}`)
  return { path: join(folder, 'control.sock'), folder, apart: true }
}

function surroundings(): Surroundings {
  return { platform: process.platform, tmpdir: tmpdir(), uid: process.getuid?.() ?? 0 }
}
