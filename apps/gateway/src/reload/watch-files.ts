import { createHash } from 'node:crypto'
import type { FSWatcher } from 'node:fs'
import { lstatSync, readFileSync, readlinkSync, statSync, watch } from 'node:fs'
import { dirname, resolve } from 'node:path'

export interface WatchPace {
  /** Milliseconds without a sign of a change after which the files are looked at; 200. */
  readonly quietMs?: number
  /** Milliseconds between two looks that no sign asked for; 5000. */
  readonly pollMs?: number
}

export interface FileWatch {
  /** SHA-256 of all contents as they were last seen, hex. */
  readonly digest: string
  close(): void
}

/** As many links as Linux follows. */
const maximalLinks = 40

/**
 * Calls `onChange` whenever the content of one of the files is another than before, whatever way it came there: written over, in pieces,
 * renamed into place, or by a link that leads elsewhere now, as Kubernetes updates a ConfigMap. Signs of the system only make it look
 * sooner: where there are none (network file systems), it looks all the same. A file that is missing is a content too. Keeps no process
 * alive. Never throws.
 */
export function watchFiles(
  paths: readonly string[],
  onChange: () => void,
  { quietMs = 200, pollMs = 5000 }: WatchPace = {},
): FileWatch {
  const folders = new FolderWatch(() => quiet.refresh())
  let digest = digestOf(paths)
  let stamps = stampsOf(paths)
  const look = (): void => {
    folders.follow(paths)
    stamps = stampsOf(paths)
    const found = digestOf(paths)
    if (found === digest) return
    digest = found
    onChange()
  }
  // A timer that is refreshed by each sign: it fires when they have stopped.
  const quiet = setTimeout(look, quietMs).unref()
  const poll = setInterval(() => {
    if (stampsOf(paths) !== stamps) quiet.refresh()
  }, pollMs).unref()
  folders.follow(paths)
  return {
    get digest() {
      return digest
    },
    close: () => {
      clearTimeout(quiet)
      clearInterval(poll)
      folders.close()
    },
  }
}

/** Watches the folders that files and the links to them lie in: a file that is replaced takes its own watch with it. */
class FolderWatch {
  readonly #onSign: () => void
  readonly #watches = new Map<string, FSWatcher>()

  constructor(onSign: () => void) {
    this.#onSign = onSign
  }

  /** Begins with folders that are new, and leaves those that no longer lead to a file. */
  follow(paths: readonly string[]): void {
    const wanted = new Set(paths.flatMap(foldersOf))
    for (const key of this.#watches.keys()) if (!wanted.has(key)) this.#leave(key)
    for (const key of wanted) if (!this.#watches.has(key)) this.#enter(key)
  }

  close(): void {
    for (const key of this.#watches.keys()) this.#leave(key)
  }

  #enter(key: string): void {
    try {
      const watcher = watch(folderOf(key), { persistent: false }, () => this.#onSign())
      // A folder that goes away ends its watch; the next look begins another.
      watcher.on('error', () => this.#leave(key))
      this.#watches.set(key, watcher)
    } catch {
      // No watches left, or no such folder: the poll remains.
    }
  }

  #leave(key: string): void {
    this.#watches.get(key)?.close()
    this.#watches.delete(key)
  }
}

/** A folder by its path and what is there: one that was replaced is another. */
function foldersOf(path: string): readonly string[] {
  const folders: string[] = []
  let next: string | null = resolve(path)
  for (let links = 0; next !== null && links < maximalLinks; links += 1) {
    const folder = dirname(next)
    folders.push(`${inodeOf(folder)}:${folder}`)
    next = linkFrom(next)
  }
  return folders
}

function folderOf(key: string): string {
  return key.slice(key.indexOf(':') + 1)
}

function inodeOf(path: string): string {
  return String(statSync(path, { throwIfNoEntry: false, bigint: true })?.ino ?? 0)
}

function linkFrom(path: string): string | null {
  try {
    return lstatSync(path).isSymbolicLink() ? resolve(dirname(path), readlinkSync(path)) : null
  } catch {
    return null
  }
}

/** Cheap enough for every poll: other contents nearly always come with another time, size or file. */
function stampsOf(paths: readonly string[]): string {
  return paths
    .map((path) => {
      try {
        const { ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true })
        return `${ino} ${size} ${mtimeNs} ${ctimeNs}`
      } catch {
        return ''
      }
    })
    .join('\n')
}

function digestOf(paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(contentOf(path)).update('\n')
  return hash.digest('hex')
}

function contentOf(path: string): string {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex')
  } catch {
    return 'missing'
  }
}
