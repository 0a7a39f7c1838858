import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ctConsistencyProofs,
  ctInclusionProofs,
  ctInputs,
  ctRoots,
} from '../fixtures/ct-vectors.ts'
import { leafHash, MerkleFrontier } from '../merkle-frontier.ts'
import type { ConsistencyClaim } from './consistency-proof.ts'
import { consistencyProof, verifyConsistency } from './consistency-proof.ts'
import type { InclusionClaim } from './inclusion-proof.ts'
import { inclusionProof, rootOfInclusion, verifyInclusion } from './inclusion-proof.ts'
import type { RangeRoot } from './split.ts'

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex')
const ctLeaves = ctInputs.map((input) => leafHash(bytes(input)))
const leavesOf = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, index) => leafHash(`leaf ${index}`))

/** Each subtree is hashed once, however many proofs ask for it. */
function rangeRootOf(leaves: readonly Buffer[]): RangeRoot {
  const known = new Map<string, Buffer>()
  return (start, end) => {
    const name = `${start}-${end}`
    const tree = MerkleFrontier.empty()
    if (!known.has(name)) for (const leaf of leaves.slice(start, end)) tree.append(leaf)
    const root = known.get(name) ?? tree.root()
    known.set(name, root)
    return root
  }
}

function rootOf(leaves: readonly Buffer[]): Buffer {
  return rangeRootOf(leaves)(0, leaves.length)
}

function flipped(hash: Uint8Array, bit: number): Buffer {
  const copy = Buffer.from(hash)
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}

describe('inclusion proofs', () => {
  it.each(ctInclusionProofs)(
    'are the published ones: leaf $index of $size',
    ({ index, size, proof }) => {
      const made = inclusionProof({ index, size }, rangeRootOf(ctLeaves))
      expect(made.map((hash) => hash.toString('hex'))).toEqual(proof)
      const claim = { index, size, leaf: ctLeaves[index]!, proof: proof.map(bytes) }
      expect(verifyInclusion(claim, bytes(ctRoots[size - 1]!))).toBe(true)
    },
  )

  it('verify for every leaf of every tree of up to 70 leaves, and for no other index', () => {
    const leaves = leavesOf(70)
    const rangeRoot = rangeRootOf(leaves)
    for (let size = 1; size <= leaves.length; size++) {
      const root = rootOf(leaves.slice(0, size))
      for (let index = 0; index < size; index++) {
        const proof = inclusionProof({ index, size }, rangeRoot)
        const claim = { index, size, leaf: leaves[index]!, proof }
        expect(verifyInclusion(claim, root)).toBe(true)
        for (const other of [index - 1, index + 1, index ^ 2]) {
          expect(verifyInclusion({ ...claim, index: other }, root)).toBe(false)
        }
      }
    }
  })

  it('fail after any bit of leaf, path or root was flipped, and after hashes came or went', () => {
    const place = fc
      .integer({ min: 1, max: 40 })
      .chain((size) => fc.tuple(fc.nat(size - 1), fc.constant(size)))
    fc.assert(
      fc.property(place, fc.nat(255), fc.nat(), ([index, size], bit, which) => {
        const leaves = leavesOf(size)
        const root = rootOf(leaves)
        const proof = inclusionProof({ index, size }, rangeRootOf(leaves))
        const claim: InclusionClaim = { index, size, leaf: leaves[index]!, proof }
        const at = which % Math.max(1, proof.length)
        const wrong: InclusionClaim[] = [
          { ...claim, leaf: flipped(claim.leaf, bit) },
          { ...claim, proof: [...proof, root] },
          { ...claim, proof: [root, ...proof] },
          { ...claim, size: size * 2 },
          { ...claim, leaf: claim.leaf.subarray(1) },
          ...(proof.length === 0
            ? []
            : [
                { ...claim, proof: proof.slice(1) },
                { ...claim, proof: proof.slice(0, -1) },
              ]),
          ...proof
            .slice(at, at + 1)
            .map((hash) => ({ ...claim, proof: proof.with(at, flipped(hash, bit)) })),
        ]
        expect(wrong.filter((each) => verifyInclusion(each, root))).toEqual([])
        expect(verifyInclusion(claim, flipped(root, bit))).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('are not made for leaves that are not there', () => {
    expect(() => inclusionProof({ index: 3, size: 3 }, rangeRootOf(ctLeaves))).toThrow(RangeError)
    expect(rootOfInclusion({ index: 0, size: 0, leaf: ctLeaves[0]!, proof: [] })).toBeNull()
  })
})

describe('consistency proofs', () => {
  it.each(ctConsistencyProofs)('are the published ones: $from to $to', ({ from, to, proof }) => {
    const made = consistencyProof({ from, to }, rangeRootOf(ctLeaves))
    expect(made.map((hash) => hash.toString('hex'))).toEqual(proof)
    const [fromRoot, toRoot] = [bytes(ctRoots[from - 1]!), bytes(ctRoots[to - 1]!)]
    expect(verifyConsistency({ from, to, fromRoot, toRoot, proof: proof.map(bytes) })).toBe(true)
  })

  it('verify between all trees of up to 40 leaves', () => {
    const leaves = leavesOf(40)
    const roots = leaves.map((_, last) => rootOf(leaves.slice(0, last + 1)))
    for (let to = 1; to <= leaves.length; to++) {
      for (let from = 1; from <= to; from++) {
        const proof = consistencyProof({ from, to }, rangeRootOf(leaves))
        const claim = { from, to, fromRoot: roots[from - 1]!, toRoot: roots[to - 1]!, proof }
        expect(verifyConsistency(claim)).toBe(true)
        if (from < to) expect(verifyConsistency({ ...claim, fromRoot: claim.toRoot })).toBe(false)
      }
    }
  })

  it('fail after any bit was flipped, hashes came or went, or sizes changed', () => {
    const sizes = fc
      .integer({ min: 2, max: 40 })
      .chain((to) => fc.tuple(fc.integer({ min: 1, max: to - 1 }), fc.constant(to)))
    fc.assert(
      fc.property(sizes, fc.nat(255), fc.nat(), ([from, to], bit, which) => {
        const leaves = leavesOf(to)
        const [fromRoot, toRoot] = [rootOf(leaves.slice(0, from)), rootOf(leaves)]
        const proof = consistencyProof({ from, to }, rangeRootOf(leaves))
        const claim: ConsistencyClaim = { from, to, fromRoot, toRoot, proof }
        const at = which % proof.length
        const wrong: ConsistencyClaim[] = [
          { ...claim, fromRoot: flipped(fromRoot, bit) },
          { ...claim, toRoot: flipped(toRoot, bit) },
          { ...claim, proof: [] },
          { ...claim, proof: [...proof, toRoot] },
          { ...claim, proof: [fromRoot, ...proof] },
          { ...claim, proof: proof.slice(1) },
          { ...claim, proof: proof.slice(0, -1) },
          { ...claim, proof: proof.with(at, flipped(proof[at]!, bit)) },
          { ...claim, from: to, to: from },
          { ...claim, from: 0 },
        ]
        expect(wrong.filter(verifyConsistency)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it('find a history that was written anew', () => {
    const old = leavesOf(21)
    const other = [...old.slice(0, 9), leafHash('another'), ...old.slice(10), leafHash('more')]
    const proof = consistencyProof({ from: 21, to: 22 }, rangeRootOf(other))
    const claim = { from: 21, to: 22, fromRoot: rootOf(old), toRoot: rootOf(other), proof }
    expect(verifyConsistency(claim)).toBe(false)
  })
})
