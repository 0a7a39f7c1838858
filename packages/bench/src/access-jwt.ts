// `npm run bench:access-jwt --workspace @keeptrusts/bench [-- --quick]`: what it costs to check the token of a call.
import type { SigningKey, TokenAlgorithm } from '@keeptrusts/testing'
import { createSigningKey, startIdentityProvider } from '@keeptrusts/testing'
import type { Way } from './callers.ts'
import { compareCallers } from './callers.ts'
import { stop } from './processes.ts'
import { machine, saveResult, today } from './save-result.ts'
import { startGateway } from './subjects/gateways.ts'
import { startUpstream } from './subjects/model-servers.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 3 : 15
const calls = quick ? 200 : 600

async function main(): Promise<void> {
  const algorithms: readonly TokenAlgorithm[] = ['RS256', 'PS256', 'ES256', 'EdDSA']
  const keys = algorithms.map((alg) => createSigningKey(alg, alg))
  const provider = await startIdentityProvider({ keys })
  const upstream = await startUpstream()
  const gateway = await startGateway(
    'gateway',
    upstream,
    `policies: {chain: []}
audit_store: {kind: none}
access: {jwt: {issuer: "${provider.issuer}", audience: keeptrusts}}
`,
  )
  const fresh = (key: SigningKey) => (at: number) => provider.token({ jti: `${at}` }, { key })
  const same = provider.token()
  const ways: readonly Way[] = [
    { name: 'without a token', bearer: null },
    { name: 'RS256, the same token each time', bearer: () => same },
    ...keys.map((key) => ({ name: `${key.alg}, another token each time`, bearer: fresh(key) })),
  ]
  try {
    const place = { port: gateway.port, pid: gateway.child.pid ?? 0 }
    const text = `# The check of a token, ${today}

${machine}. ${rounds} interleaved rounds of ${calls} calls at one connection after a warm-up, medians of differences paired by round, through
\`kt gateway run\` without policies and without a log; load, gateway and model server share the cores. A token that was seen within
the last minute is not checked again: that is the row with the same token.

${await compareCallers(ways, place, { rounds, calls })}`
    process.stdout.write(text)
    if (!quick) saveResult(`${today}-access-jwt`, text)
  } finally {
    await stop(gateway.child)
    await stop(upstream.child)
    await provider.close()
  }
}

await main()
