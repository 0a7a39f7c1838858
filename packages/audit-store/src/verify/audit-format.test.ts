import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../canonical-json.ts'
import { leafHash, MerkleFrontier, nodeHash } from '../merkle-frontier.ts'
import { verifyProof } from '../proofs/verify-proof.ts'
import { schema } from '../schema.ts'

const page = readFileSync(
  new URL('../../../../docs/reference/audit-format.md', import.meta.url),
  'utf8',
)

function block(start: string): string {
  const from = page.indexOf(start)
  return page.slice(from, page.indexOf('\n```', from))
}

describe('the description of the format', () => {
  it('has the statements of the schema, word for word', () => {
    expect(page).toContain(schema.trim())
  })

  it('has an example whose numbers are right', () => {
    const bodies = block('{"adopted"').split('\n')
    const leaves = bodies.map((body) => leafHash(body))
    const tree = MerkleFrontier.empty()
    for (const leaf of leaves) tree.append(leaf)
    expect(bodies.map((body) => canonicalJson(JSON.parse(body)))).toEqual(bodies)
    expect(bodies.map((body) => Buffer.byteLength(body))).toEqual([345, 198, 200])
    for (const hash of [...leaves, nodeHash(leaves[0]!, leaves[1]!), tree.root()]) {
      expect(page).toContain(`  ${hash.toString('hex')}\n`)
    }
    const vkey = /^vkey {8}(\S+)$/m.exec(page)?.[1] ?? ''
    const proof = `${block('c2sp.org/tlog-proof@v1\nindex 1')}\n`
    expect(verifyProof({ proof, event: String(bodies[1]), vkey })).toMatchObject({
      exit: 0,
      seq: 1,
    })
  })

  it('names every finding', () => {
    const source = readFileSync(new URL('report.ts', import.meta.url), 'utf8')
    const codes = [...source.matchAll(/^ {2}\| '([a-z-]+)'$/gm)].map((match) => String(match[1]))
    expect(codes.length).toBeGreaterThan(20)
    const missing = codes.filter(
      (code) => !page.includes(code) && !page.includes(`${code.split('-')[0]}-…`),
    )
    expect(missing).toEqual([])
  })
})
