import type { MerkleFrontier } from '../merkle-frontier.ts'
import type { NoteSigner } from './signed-note.ts'
import { signNote } from './signed-note.ts'

/** What a checkpoint says: the tree of the first `size` events of a log has this root (C2SP tlog-checkpoint). */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  /** 32 bytes. */
  readonly root: Buffer
}

/** The text of a checkpoint, to be signed as a note. */
function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`
}

/** Reads the text of a checkpoint; `null` for anything else. Logs of ours write no extension lines. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const [, origin = '', size = '', encoded = ''] =
    /^([^\s+]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n$/.exec(text) ?? []
  const root = Buffer.from(encoded, 'base64')
  if (root.length !== 32 || root.toString('base64') !== encoded) return null
  const number = Number(size)
  return Number.isSafeInteger(number) ? { origin, size: number, root } : null
}

/** Signs the state of a tree; the signer carries the origin of its log as its name. */
export function signCheckpoint(tree: MerkleFrontier, signer: NoteSigner): string {
  return signNote(
    checkpointText({ origin: signer.name, size: tree.size, root: tree.root() }),
    signer,
  )
}
