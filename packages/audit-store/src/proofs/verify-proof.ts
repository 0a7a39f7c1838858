import { scanJson } from '@keeptrusts/core'
import { canonicalJson } from '../canonical-json.ts'
import { leafHash } from '../merkle-frontier.ts'
import { parseCheckpoint } from '../notes/checkpoint.ts'
import { isSignedBy, parseNote } from '../notes/signed-note.ts'
import { originOf, parseVerifierKey } from '../notes/verifier-key.ts'
import { verifyInclusion } from '../tree/inclusion-proof.ts'
import { parseTlogProof } from './tlog-proof.ts'

/** What a proof is held against. */
export interface ProofClaim {
  /** Text of a `.tlog-proof`. */
  readonly proof: string
  /** Text of the event; its members may stand in any order. */
  readonly event: string
  /** A verifier key from outside of the proof; without one nobody vouches for the tree. */
  readonly vkey: string | null
}

/** Why a proof proves nothing. */
export type ProofFailure =
  | 'proof-form'
  | 'event-form'
  | 'key-form'
  | 'other-event'
  | 'not-in-tree'
  | 'not-signed'

/** What a proof comes to. */
export interface ProofReport {
  readonly verdict: 'proven' | 'unsigned' | 'refuted' | 'unreadable'
  readonly failure: ProofFailure | null
  /** Origin and size of the tree that the proof is about. */
  readonly origin: string | null
  readonly size: number | null
  readonly seq: number | null
  readonly id: string | null
  /** 0 proven, 1 refuted, 2 unreadable, 3 nobody has vouched for the tree. */
  readonly exit: 0 | 1 | 2 | 3
}

/** Checks a proof without any database: the event hashes to a leaf, the leaf is in the tree, and the tree is signed by the key. Never throws. */
export function verifyProof({ proof, event, vkey }: ProofClaim): ProofReport {
  const key = vkey === null ? null : parseVerifierKey(vkey)
  if (vkey !== null && key === null) return unreadable('key-form')
  const parsed = parseTlogProof(proof)
  const note = parsed && parseNote(parsed.checkpoint)
  const tree = note && parseCheckpoint(note.text)
  if (!parsed || !note || !tree) return unreadable('proof-form')
  const shown = readEvent(event)
  if (shown === null) return unreadable('event-form')
  const { index, hashes } = parsed
  const about = { origin: tree.origin, size: tree.size, seq: index, id: shown.id }
  const refuted = (failure: ProofFailure): ProofReport => ({
    verdict: 'refuted',
    failure,
    ...about,
    exit: 1,
  })
  if (shown.seq !== index || originOf(shown.log) !== tree.origin) return refuted('other-event')
  const leaf = leafHash(shown.canonical)
  if (!verifyInclusion({ index, size: tree.size, leaf, proof: hashes }, tree.root)) {
    return refuted('not-in-tree')
  }
  if (key === null) return { verdict: 'unsigned', failure: null, ...about, exit: 3 }
  if (key.name !== tree.origin || !isSignedBy(note, key)) return refuted('not-signed')
  return { verdict: 'proven', failure: null, ...about, exit: 0 }
}

interface ShownEvent {
  readonly canonical: string
  readonly log: string
  readonly seq: number
  readonly id: string
}

function readEvent(text: string): ShownEvent | null {
  try {
    // Two members of one name could be read in two ways: such a text shows no event.
    scanJson(text)
    const value = JSON.parse(text) as Record<string, unknown>
    const canonical = canonicalJson(value)
    const { log, seq, id } = value
    if (typeof log !== 'string' || typeof seq !== 'number' || typeof id !== 'string') return null
    return { canonical, log, seq, id }
  } catch {
    return null
  }
}

function unreadable(failure: ProofFailure): ProofReport {
  return { verdict: 'unreadable', failure, origin: null, size: null, seq: null, id: null, exit: 2 }
}
