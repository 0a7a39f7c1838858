import type { Position } from '@keeptrusts/core'

/** Where something stands in the configuration. */
export interface ConfigPlace {
  /** As in `providers.targets[0]`. */
  readonly path: string
  readonly position: Position
}

/** A place for messages, as in `providers.targets[0].auth (policy-config.yaml:7)`; no folder names. */
export function placeText({ path, position }: ConfigPlace, key = ''): string {
  const name = position.file.split(/[\\/]/).at(-1) ?? position.file
  return `${path}${key} (${name}:${position.line})`
}
