import { nodeHash } from '../merkle-frontier.ts'
import type { RangeRoot } from './split.ts'
import { splitOf } from './split.ts'

/**
 * The proof that the tree of `from` leaves is the beginning of the one of `to` leaves (RFC 6962 §2.1.2).
 * Empty for equal sizes. Throws `RangeError` unless 0 < from <= to.
 */
export function consistencyProof(
  { from, to }: { readonly from: number; readonly to: number },
  rangeRoot: RangeRoot,
): readonly Buffer[] {
  if (!(from > 0 && from <= to)) {
    throw new RangeError(`no proof leads from ${from} to ${to} leaves`)
  }
  const hashes: Buffer[] = []
  let start = 0
  let end = to
  while (end > from) {
    const middle = start + splitOf(end - start)
    if (from <= middle) {
      hashes.push(rangeRoot(middle, end))
      end = middle
    } else {
      hashes.push(rangeRoot(start, middle))
      start = middle
    }
  }
  // The old tree itself is known to whoever checks, its right-most part is not.
  if (start > 0) hashes.push(rangeRoot(start, end))
  return hashes.reverse()
}

/** What a consistency proof is about. */
export interface ConsistencyClaim {
  readonly from: number
  readonly to: number
  /** 32 bytes each. */
  readonly fromRoot: Uint8Array
  readonly toRoot: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** Whether the tree of `fromRoot` is the beginning of that of `toRoot` (RFC 9162 §2.1.4.2). Nothing is claimed about an empty tree. */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const { from, to, proof } = claim
  const [fromRoot, toRoot] = [Buffer.from(claim.fromRoot), Buffer.from(claim.toRoot)]
  if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to) && from > 0 && from <= to)) {
    return false
  }
  if ([fromRoot, toRoot, ...proof].some((hash) => hash.length !== 32)) return false
  if (from === to) return proof.length === 0 && fromRoot.equals(toRoot)
  const isWhole = Number.isInteger(Math.log2(from))
  const [first, ...rest] = isWhole ? [fromRoot, ...proof] : proof
  if (first === undefined || proof.length === 0) return false
  const roots = foldBoth({ from, to, first: Buffer.from(first), rest })
  return roots?.old.equals(fromRoot) === true && roots.new.equals(toRoot)
}

interface Fold {
  readonly from: number
  readonly to: number
  readonly first: Buffer
  readonly rest: readonly Uint8Array[]
}

/** Climbs from the right edge of the old tree and computes both roots on the way; `null` when there are too few or too many hashes. */
function foldBoth({ from, to, first, rest }: Fold): { old: Buffer; new: Buffer } | null {
  let place = from - 1
  let last = to - 1
  const up = (): void => {
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  while (place % 2 === 1) up()
  const roots = { old: first, new: first }
  for (const hash of rest) {
    if (last === 0) return null
    if (place % 2 === 1 || place === last) {
      roots.old = nodeHash(hash, roots.old)
      roots.new = nodeHash(hash, roots.new)
      while (place % 2 === 0 && place !== 0) up()
    } else {
      roots.new = nodeHash(roots.new, hash)
    }
    up()
  }
  return last === 0 ? roots : null
}
