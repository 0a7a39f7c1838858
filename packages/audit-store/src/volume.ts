import { statfsSync } from 'node:fs'
import { StoreFault } from './store-fault.ts'

const mebibyte = 1024 * 1024

/** Magic numbers of statfs(2) for file systems that several machines can mount: NFS, SMB, SMB2, CIFS. */
const networkFileSystems = new Set([0x6969, 0x517b, 0xfe534d42, 0xff534d42])

/** Bytes on the volume of a folder. */
export interface VolumeSpace {
  readonly free: number
  /** Below this the log takes no new records: 64 MiB, on small volumes a sixteenth. */
  readonly floor: number
}

/** Looks at the volume that holds a folder. */
export function volumeSpace(dir: string): VolumeSpace {
  const { bavail, blocks, bsize } = statfsSync(dir)
  return { free: bavail * bsize, floor: Math.min(64 * mebibyte, (blocks * bsize) / 16) }
}

/** Throws `StoreFault` when the volume is too full to open a log on it: SQLite in WAL mode can be killed by SIGBUS there. */
export function refuseFullVolume(dir: string): void {
  const { free, floor } = volumeSpace(dir)
  if (free >= floor) return
  throw new StoreFault({
    code: 'disk-full',
    message: `The disk that holds ${dir} has ${inMebibytes(free)} MiB free; the audit log needs ${inMebibytes(floor)} MiB.`,
    suggestion: 'Free disk space, or move the data folder to a larger disk.',
  })
}

/** Throws `StoreFault` when the volume is so full that even reading a log could kill the process: SQLite maps an index file that has to be made first. */
export function refuseDangerousVolume(dir: string): void {
  const { free, floor } = volumeSpace(dir)
  if (free >= Math.min(mebibyte, floor)) return
  throw new StoreFault({
    code: 'disk-full',
    message: `The disk that holds ${dir} is full; the audit log cannot be opened safely.`,
    suggestion: 'Free disk space and try again.',
  })
}

/** Throws `StoreFault` for a network file system: the log's shared memory works on one machine only. */
export function refuseNetworkVolume(dir: string): void {
  if (!isNetworkFileSystem(statfsSync(dir).type)) return
  throw new StoreFault({
    code: 'store-not-durable',
    message: `${dir} is on a network file system, where the audit log cannot be kept safely.`,
    suggestion: 'Put the data folder on a local disk.',
  })
}

/** Whether a statfs(2) type is one of a network file system. */
export function isNetworkFileSystem(type: number): boolean {
  return networkFileSystems.has(type >>> 0)
}

function inMebibytes(bytes: number): string {
  return (bytes / mebibyte).toFixed(1)
}
