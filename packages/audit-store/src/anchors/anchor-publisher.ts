import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { AnchorOptions } from './anchor-places.ts'
import { anchorPlaces } from './anchor-places.ts'
import type { AnchorStatus, KeptCheckpoint } from './anchor-status.ts'
import type { AnchorPace } from './anchor-track.ts'
import { AnchorTrack } from './anchor-track.ts'
import type { AnchorWriter } from './anchor-writer.ts'
import type { AnchoredFile } from './check-anchored.ts'
import { makeAnchorWriter } from './make-anchor-writer.ts'

interface PublisherOptions {
  readonly pace?: Partial<AnchorPace>
  /** What was found in files when the log was opened. */
  readonly anchored: readonly AnchoredFile[]
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly onChange: (status: AnchorStatus) => void
}

const usualPace: AnchorPace = { intervalMs: 60_000, retryMs: 10_000, hungMs: 10_000 }
const lastLineMs = 2000

/** Writes the newest checkpoint of a log to every place, in the background: no place holds up the log, a call or another place. */
export class AnchorPublisher {
  readonly #tracks: readonly AnchorTrack[]

  constructor(writers: readonly AnchorWriter[], options: PublisherOptions) {
    const { anchored, now, onChange } = options
    const pace = { ...usualPace, ...options.pace }
    this.#tracks = writers.map((writer) => {
      const found = writer.type === 'file' && anchored.find(({ path }) => path === writer.where)
      const lastSize = found ? found.size : null
      return new AnchorTrack(writer, { pace, lastSize, now, onChange })
    })
  }

  /** How each place is, in the order of the configuration. */
  get statuses(): readonly AnchorStatus[] {
    return this.#tracks.map((track) => track.status)
  }

  /** Takes a checkpoint that is newer than all before. */
  offer(checkpoint: KeptCheckpoint): void {
    for (const track of this.#tracks) track.offer(checkpoint)
  }

  /** Writes the last checkpoint everywhere, for at most two seconds. */
  async close(): Promise<void> {
    await Promise.all(this.#tracks.map((track) => track.close(lastLineMs)))
  }
}

/** Writers for all places. Only the usual folder is made: below the point of a mount that is away, a folder would hide that. */
export function anchorWriters(options: AnchorOptions, log: string): readonly AnchorWriter[] {
  const places = anchorPlaces(options, log)
  if (options.places === undefined && places[0]?.path !== undefined) makeFolder(places[0].path)
  return places.map(makeAnchorWriter)
}

function makeFolder(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  } catch {
    // The first line fails, says why, and is tried again.
  }
}
