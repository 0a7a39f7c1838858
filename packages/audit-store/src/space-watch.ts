import { Ballast } from './ballast.ts'
import { volumeSpace } from './volume.ts'

const maximalBallast = 8 * 1024 * 1024

/** How much room there is for the log. */
export interface SpaceReport {
  /** No new calls are to be recorded. */
  readonly low: boolean
  readonly free: number
  readonly floor: number
}

/**
 * Looks whether the volume of a log has room, and keeps a ballast of 8 MiB there (on small volumes an eighth of the floor). When the
 * space falls below the floor the ballast goes, and with it the log can still say what happened. The log is not open again before
 * there is room for the ballast too, so that giving it up does not look like space that came back.
 */
export class SpaceWatch {
  readonly #dir: string
  readonly #ballast: Ballast

  /** `dir`: the folder of the log. */
  constructor(dir: string) {
    this.#dir = dir
    this.#ballast = new Ballast(dir)
  }

  /** Looks, and takes or releases the ballast. Throws what statfs throws. */
  look(): SpaceReport {
    const { free, floor } = volumeSpace(this.#dir)
    const size = Math.min(maximalBallast, Math.floor(floor / 8))
    const taken = this.#ballast.bytes >= size
    const low = free < (taken ? floor : floor + size)
    if (low) this.release()
    else if (!taken && free >= floor + 2 * size) this.#take(size)
    return { low, free, floor }
  }

  /** Gives the ballast up: a write found no space before anybody looked. */
  release(): void {
    this.#ballast.release()
  }

  #take(size: number): void {
    try {
      this.#ballast.take(size)
    } catch {
      // Without a ballast the log just stops earlier.
    }
  }
}
