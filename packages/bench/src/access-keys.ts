// `npm run bench:access-keys --workspace @keeptrusts/bench [-- --quick]`: what it costs to check the gateway key of a call.
import { spawnSync } from 'node:child_process'
import type { Way } from './callers.ts'
import { compareCallers } from './callers.ts'
import { stop } from './processes.ts'
import { machine, saveResult, today } from './save-result.ts'
import type { GatewaySubject } from './subjects/gateways.ts'
import { kt, startGateway } from './subjects/gateways.ts'
import { startUpstream } from './subjects/model-servers.ts'

const quick = process.argv.includes('--quick')
// CPU time is told in steps of 10 ms: many calls per round, so that a step is a few microseconds per call.
const plan = { rounds: quick ? 3 : 15, calls: quick ? 300 : 2000 }
const keysInAll = 20

/** Makes a key with the gateway's own command, as an operator would. */
function createKey({ env }: GatewaySubject): string {
  const command = [kt, 'gateway', 'key', 'create', '--subject', 'bench', '--role', 'analyst']
  const made = spawnSync(process.execPath, command, { env, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`kt gateway key create ended with:\n${made.stderr}`)
  return made.stdout.trim()
}

async function main(): Promise<void> {
  const upstream = await startUpstream()
  const noPolicies = 'policies: {chain: []}\naudit_store: {kind: none}\n'
  const gateway = await startGateway('gateway', upstream, noPolicies)
  try {
    const keys = Array.from({ length: quick ? 3 : keysInAll }, () => createKey(gateway))
    const [key = ''] = keys
    const ways: readonly Way[] = [
      { name: 'without a key', bearer: null },
      { name: 'the same key each time', bearer: () => key },
      { name: `${keys.length} keys in turn`, bearer: (at) => keys[at % keys.length] ?? key },
    ]
    const place = { port: gateway.port, pid: gateway.child.pid ?? 0 }
    const text = `# The check of a gateway key, ${today}

${machine}. ${plan.rounds} interleaved rounds of ${plan.calls} calls at one connection after a warm-up, medians of differences paired by round,
through \`kt gateway run\` without policies and without a log; load, gateway and model server share the cores. Every key is looked up in
the store at every call: nothing is remembered, so that a revoked one ends at once.

${await compareCallers(ways, place, plan)}`
    process.stdout.write(text)
    if (!quick) saveResult(`${today}-access-keys`, text)
  } finally {
    await stop(gateway.child)
    await stop(upstream.child)
  }
}

await main()
