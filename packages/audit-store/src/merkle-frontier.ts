import { createHash, hash } from 'node:crypto'

const hashBytes = 32

/** Leaves in a block: the root of every whole block is kept for ever, also when its events are not. */
export const blockLeaves = 1024

/** SHA-256(0x00 || body): the leaf hash of RFC 6962 §2.1. Text is hashed as UTF-8. */
export function leafHash(body: string | Uint8Array): Buffer {
  if (typeof body === 'string') return hash('sha256', `\0${body}`, 'buffer')
  return createHash('sha256').update('\0').update(body).digest()
}

const node = Buffer.alloc(1 + 2 * hashBytes, 1)

/** SHA-256(0x01 || left || right): the node hash of RFC 6962 §2.1, of two hashes of 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  // One buffer for all and one call: three times as fast as a hash object, and there is one node for every event.
  node.set(left, 1)
  node.set(right, 1 + hashBytes)
  return hash('sha256', node, 'buffer')
}

/**
 * The right edge of an RFC 6962 tree: the roots of its complete subtrees, largest first, one for each set bit of the size.
 * It is all that appending needs, however large the log.
 */
export class MerkleFrontier {
  #size: number
  readonly #subtrees: Uint8Array[]

  private constructor(size: number, subtrees: Uint8Array[]) {
    this.#size = size
    this.#subtrees = subtrees
  }

  /** Of a tree without leaves. */
  static empty(): MerkleFrontier {
    return new MerkleFrontier(0, [])
  }

  /** Reads what `toBytes` wrote; `null` when the bytes cannot be the frontier of a tree of that size. */
  static fromBytes(size: number, bytes: Uint8Array): MerkleFrontier | null {
    if (bytes.length !== bitCount(size) * hashBytes) return null
    const subtrees: Uint8Array[] = []
    for (let start = 0; start < bytes.length; start += hashBytes) {
      subtrees.push(bytes.subarray(start, start + hashBytes))
    }
    return new MerkleFrontier(size, subtrees)
  }

  /** The frontier of a tree of whole blocks, from the roots of the blocks in order. */
  static fromBlocks(roots: readonly Uint8Array[]): MerkleFrontier {
    const blocks = MerkleFrontier.empty()
    for (const root of roots) blocks.append(root)
    return new MerkleFrontier(roots.length * blockLeaves, blocks.#subtrees)
  }

  /** Leaves in the tree. */
  get size(): number {
    return this.#size
  }

  /** Adds a leaf hash at the right. Returns the root of the block of leaves that this one completed, else `null`. */
  append(leaf: Uint8Array): Uint8Array | null {
    let subtree = leaf
    let leaves = 1
    let block: Uint8Array | null = null
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = this.#subtrees.pop()
      if (left) subtree = nodeHash(left, subtree)
      leaves *= 2
      if (leaves === blockLeaves) block = subtree
    }
    this.#subtrees.push(subtree)
    this.#size += 1
    return block
  }

  /** The tree hash; of an empty tree SHA-256 of nothing. */
  root(): Buffer {
    const last = this.#subtrees.at(-1)
    if (!last) return hash('sha256', '', 'buffer')
    return this.#subtrees
      .slice(0, -1)
      .reduceRight<Buffer>((right, left) => nodeHash(left, right), Buffer.from(last))
  }

  /** The subtree roots one after the other, 32 bytes each. */
  toBytes(): Buffer {
    return Buffer.concat(this.#subtrees)
  }
}

function bitCount(value: number): number {
  let count = 0
  for (let rest = value; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}
