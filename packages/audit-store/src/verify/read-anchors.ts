import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { parseCheckpoint } from '../notes/checkpoint.ts'
import { parseNote } from '../notes/signed-note.ts'

/** A checkpoint that was kept outside of the log. */
export interface Anchor {
  readonly note: string
  readonly origin: string
  readonly size: number
  readonly root: Buffer
  /** As its line tells it. */
  readonly time: string | null
  /** Whether it was published by the gateway as a line: then the log has the same checkpoint. */
  readonly isLine: boolean
}

/** A file of anchors as it was when it was looked at: what comes later may be about events that the reader has not seen. */
export interface AnchorFile {
  readonly path: string
  readonly bytes: number
}

const chunkBytes = 1024 * 1024
/** A longer line is no anchor, whatever it is. */
const maximalLine = 65_536

/** Looks at a file of anchors. Throws what the file system throws. */
export function anchorFile(path: string): AnchorFile {
  return { path, bytes: statSync(path).size }
}

/**
 * The anchors of a file, `null` for each line that should be one and cannot be read. Lines of JSON with `note`, whatever a syslog has put
 * before their first `{`, or the file is one bare note. Throws what the file system throws.
 */
export function* readAnchors(file: AnchorFile): Iterable<Anchor | null> {
  let bare = ''
  for (const line of readLines(file)) {
    if (bare.length < maximalLine) bare += `${line}\n`
    const start = line.indexOf('{')
    if (start !== -1 && line.includes('"note"')) yield parseLine(line.slice(start))
  }
  if (!bare.includes('{')) yield* bareNote(bare)
}

function* bareNote(text: string): Iterable<Anchor | null> {
  if (text.trim() === '') return
  yield toAnchor(`${text.trimEnd()}\n`, { time: null, isLine: false })
}

function parseLine(text: string): Anchor | null {
  try {
    const { time, note } = JSON.parse(text) as { readonly time?: unknown; readonly note?: unknown }
    if (typeof note !== 'string') return null
    return toAnchor(note, { time: typeof time === 'string' ? time : null, isLine: true })
  } catch {
    return null
  }
}

function toAnchor(note: string, origin: Pick<Anchor, 'time' | 'isLine'>): Anchor | null {
  const checkpoint = parseCheckpoint(parseNote(note)?.text ?? '')
  return checkpoint && { ...checkpoint, note, ...origin }
}

function* readLines({ path, bytes }: AnchorFile): Iterable<string> {
  const handle = openSync(path, 'r')
  try {
    const decoder = new StringDecoder('utf8')
    const chunk = Buffer.alloc(Math.min(chunkBytes, Math.max(1, bytes)))
    let rest = ''
    for (let place = 0; place < bytes; ) {
      const read = readSync(handle, chunk, 0, Math.min(chunk.length, bytes - place), place)
      if (read === 0) break
      place += read
      const lines = (rest + decoder.write(chunk.subarray(0, read))).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
      if (rest.length > maximalLine * 16) rest = ''
    }
    if (rest !== '') yield rest
  } finally {
    closeSync(handle)
  }
}
