import { nodeHash } from '../merkle-frontier.ts'
import type { RangeRoot } from './split.ts'
import { splitOf } from './split.ts'

/**
 * The audit path of a leaf (RFC 6962 §2.1.1): the hashes beside the way from the leaf up to the root, the leaf's sibling first.
 * Throws `RangeError` when the tree has no such leaf.
 */
export function inclusionProof(
  { index, size }: { readonly index: number; readonly size: number },
  rangeRoot: RangeRoot,
): readonly Buffer[] {
  if (!isIndexOf(index, size)) {
    throw new RangeError(`a tree of ${size} leaves has no leaf ${index}`)
  }
  const path: Buffer[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + splitOf(end - start)
    if (index < middle) {
      path.push(rangeRoot(middle, end))
      end = middle
    } else {
      path.push(rangeRoot(start, middle))
      start = middle
    }
  }
  return path.reverse()
}

/** What an inclusion proof is about. */
export interface InclusionClaim {
  readonly index: number
  readonly size: number
  /** 32 bytes. */
  readonly leaf: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** The root that the proof leads to (RFC 9162 §2.1.3.2); `null` when it has the wrong number of hashes for its place. */
export function rootOfInclusion({ index, size, leaf, proof }: InclusionClaim): Buffer | null {
  if (!isIndexOf(index, size) || [leaf, ...proof].some((hash) => hash.length !== 32)) return null
  let place = index
  let last = size - 1
  let root: Buffer = Buffer.from(leaf)
  for (const hash of proof) {
    if (last === 0) return null
    if (place % 2 === 1 || place === last) {
      root = nodeHash(hash, root)
      while (place % 2 === 0 && place !== 0) {
        place /= 2
        last = Math.floor(last / 2)
      }
    } else {
      root = nodeHash(root, hash)
    }
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 ? root : null
}

/** Whether a leaf is at its index in the tree of that size and root. */
export function verifyInclusion(claim: InclusionClaim, root: Uint8Array): boolean {
  return rootOfInclusion(claim)?.equals(root) ?? false
}

function isIndexOf(index: number, size: number): boolean {
  return Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size
}
