import { join, resolve } from 'node:path'
import type { AnchorSettings } from '@keeptrusts/core'

/** Where the checkpoints of a log are written, besides the log itself. */
export interface AnchorOptions {
  /** The places that were chosen; `undefined` for the usual one, a file in `folder`. */
  readonly places: readonly AnchorSettings[] | undefined
  /** Folder of the usual file, `<config folder>/anchors`. */
  readonly folder: string
}

/** The places of a log, the usual one made explicit. `log`: its id. */
export function anchorPlaces(
  { places, folder }: AnchorOptions,
  log: string,
): readonly AnchorSettings[] {
  if (places === undefined) return [{ type: 'file', path: usualAnchorFile(folder, log) }]
  return places.map((place) =>
    place.path === undefined ? place : { ...place, path: resolve(place.path) },
  )
}

/** The file that anchors go to unless the configuration says otherwise. */
export function usualAnchorFile(folder: string, log: string): string {
  return join(folder, `${log}.jsonl`)
}
