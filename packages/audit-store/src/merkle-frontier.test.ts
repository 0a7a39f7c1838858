import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leafHash, MerkleFrontier, nodeHash } from './merkle-frontier.ts'

/** Test data of the certificate-transparency project for RFC 6962 trees: leaf inputs and the roots of the trees of the first n. */
const inputs = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const emptyRoot = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

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
    expect(MerkleFrontier.empty().root().toString('hex')).toBe(emptyRoot)
  })

  it('has the published roots of the trees with 1 to 8 leaves', () => {
    const frontier = MerkleFrontier.empty()
    const found = inputs.map((input) => {
      frontier.append(leafHash(Buffer.from(input, 'hex')))
      return frontier.root().toString('hex')
    })
    expect(found).toEqual(roots)
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
