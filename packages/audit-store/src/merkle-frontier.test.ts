import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ctEmptyRoot, ctInputs, ctRoots } from './fixtures/ct-vectors.ts'
import { leafHash, MerkleFrontier, nodeHash } from './merkle-frontier.ts'

/** The definition of RFC 6962 §2.1, word for word. */
function naiveRoot(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves
  if (!only) return createHash('sha256').digest()
  if (leaves.length === 1) return only
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return nodeHash(naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)))
}

describe('MerkleFrontier', () => {
  it('has the published root of the empty tree', () => {
    expect(MerkleFrontier.empty().root().toString('hex')).toBe(ctEmptyRoot)
  })

  it('has the published roots of the trees with 1 to 8 leaves', () => {
    const frontier = MerkleFrontier.empty()
    const found = ctInputs.map((input) => {
      frontier.append(leafHash(Buffer.from(input, 'hex')))
      return frontier.root().toString('hex')
    })
    expect(found).toEqual(ctRoots)
  })

  it('has the root of the whole tree for every size, also when stored and read back at any point', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 70 }), fc.nat(70), (bodies, pause) => {
        const leaves = bodies.map((body) => leafHash(body))
        let frontier = MerkleFrontier.empty()
        for (const [index, leaf] of leaves.entries()) {
          if (index === pause) frontier = MerkleFrontier.fromBytes(index, frontier.toBytes())!
          frontier.append(leaf)
        }
        expect(frontier.size).toBe(leaves.length)
        expect(frontier.root()).toEqual(naiveRoot(leaves))
      }),
      { numRuns: 300 },
    )
  })

  it('refuses bytes that cannot belong to a tree of the size', () => {
    expect(MerkleFrontier.fromBytes(3, Buffer.alloc(32))).toBeNull()
    expect(MerkleFrontier.fromBytes(4, Buffer.alloc(64))).toBeNull()
  })

  it('hashes text as its UTF-8 bytes', () => {
    expect(leafHash('é€😀')).toEqual(leafHash(Buffer.from('é€😀', 'utf8')))
  })
})
