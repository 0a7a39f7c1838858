import type { PolicyVerdict } from './decision.ts'
import type { LeafState } from './leaf-state.ts'
import type { ChainOutcome } from './run-chain.ts'

/** The keys in which something was found. */
export function secretKeysOf(states: readonly LeafState[]): ReadonlySet<string> {
  const secret = new Set<string>()
  for (const { hit, leaf } of states) if (hit && leaf.isKey) secret.add(leaf.strand.original)
  return secret
}

/** Addresses name keys. A key that is itself a finding must not be told that way: it becomes `*` in every address. */
export function hideKeys(outcome: ChainOutcome, secret: ReadonlySet<string>): ChainOutcome {
  if (secret.size === 0) return outcome
  const { block } = outcome
  return {
    policies: outcome.policies.map((verdict) => hideIn(verdict, secret)),
    block: block?.param ? { ...block, param: hidden(block.param, secret) } : block,
  }
}

function hideIn(verdict: PolicyVerdict, secret: ReadonlySet<string>): PolicyVerdict {
  return {
    ...verdict,
    findings: verdict.findings.map((finding) => ({
      ...finding,
      address: hidden(finding.address, secret),
    })),
  }
}

/** An address without the keys that must not be told. */
export function hidden(address: string, secret: ReadonlySet<string>): string {
  return address.replace(/[^.[\]]+/g, (key) => (secret.has(key) ? '*' : key))
}
