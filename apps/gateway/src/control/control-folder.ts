import { lstatSync, mkdirSync, rmSync } from 'node:fs'
import { KeeptrustsError } from '@keeptrusts/core'
import type { ControlPath } from '@keeptrusts/core/node'

const writableByOthers = 0o022
const anythingForOthers = 0o077

/**
 * Makes the folder of a control socket fit for it and takes away a socket file that a killed gateway left. Throws
 * `KeeptrustsError` `loose-permissions` for a folder in which others could put a socket of their own in its place.
 */
export function prepareControlFolder({ path, folder, apart }: ControlPath): void {
  if (folder === null) return
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = lstatSync(folder)
  if (apart && (!found.isDirectory() || found.uid !== process.getuid?.())) throw taken(folder)
  const open = found.mode & (apart ? anythingForOthers : writableByOthers)
  if (open !== 0) throw loose(folder)
  rmSync(path, { force: true })
}

function loose(folder: string): KeeptrustsError {
  return new KeeptrustsError({
    code: 'loose-permissions',
    message: `Others than its owner can write to ${folder}, where the gateway puts its control socket.`,
    suggestion: `Run: chmod 700 '${folder}'`,
  })
}

/** Anybody can make a folder of any name where temporary files lie. */
function taken(folder: string): KeeptrustsError {
  return new KeeptrustsError({
    code: 'loose-permissions',
    message: `${folder}, where the gateway puts its control socket, belongs to somebody else.`,
    suggestion:
      'Choose a data folder with a shorter path: the socket then lies in the data folder itself.',
  })
}
