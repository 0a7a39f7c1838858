// `npm run bench:access-jwt --workspace @keeptrusts/bench [-- --quick]`: what it costs to check the token of a call.
import { Agent, request } from 'node:http'
import type { SigningKey, TokenAlgorithm } from '@keeptrusts/testing'
import { createSigningKey, startIdentityProvider } from '@keeptrusts/testing'
import { median } from './command-start.ts'
import { cpuMs, stop } from './processes.ts'
import { body } from './sample.ts'
import { machine, saveResult, today } from './save-result.ts'
import { startGateway, startUpstream } from './subjects.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 3 : 15
const calls = quick ? 200 : 600

/** One way to call: with which token the call of that number comes. */
interface Way {
  readonly name: string
  readonly token: ((call: number) => string) | null
}

interface Measured {
  /** Milliseconds. */
  readonly p50: number
  /** CPU microseconds of the gateway per call. */
  readonly cpuUs: number
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 })

function call(port: number, token: string | null): Promise<number> {
  const started = performance.now()
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(token !== null && { authorization: `Bearer ${token}` }),
  }
  return new Promise((resolve, reject) => {
    const path = '/v1/chat/completions'
    const sent = request({ port, host: '127.0.0.1', method: 'POST', path, headers, agent })
    sent.once('error', reject)
    sent.once('response', (response) => {
      response.resume().once('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - started)
        else reject(new Error(`status ${response.statusCode}`))
      })
    })
    sent.end(body)
  })
}

async function measure(way: Way, { port, pid }: Gateway, round: number): Promise<Measured> {
  const tokens = Array.from({ length: calls }, (_, at) => way.token?.(round * calls + at) ?? null)
  const times: number[] = []
  const before = cpuMs(pid) ?? Number.NaN
  for (const token of tokens) times.push(await call(port, token))
  const after = cpuMs(pid) ?? Number.NaN
  return { p50: median(times), cpuUs: ((after - before) * 1000) / calls }
}

interface Gateway {
  readonly port: number
  readonly pid: number
}

/** Each way once per round, every other round the other way round. */
async function measureAll(ways: readonly Way[], gateway: Gateway): Promise<string> {
  const samples = ways.map((): Measured[] => [])
  for (const way of ways) await measure(way, gateway, rounds)
  for (let round = 0; round < rounds; round++) {
    const order = [...ways.entries()]
    for (const [at, way] of round % 2 === 0 ? order : order.reverse())
      samples[at]?.push(await measure(way, gateway, round))
  }
  const rows = ways.map(({ name }, at) => {
    const mine = samples[at] ?? []
    const added = (pick: (one: Measured) => number) =>
      median(mine.map((one, round) => pick(one) - pick(samples[0]?.[round] ?? one)))
    const p50 = median(mine.map((one) => one.p50))
    const us = [added((one) => one.p50) * 1000, added((one) => one.cpuUs)]
    return `| ${name} | ${p50.toFixed(3)} | ${us.map((value) => value.toFixed(0)).join(' | ')} |\n`
  })
  return `| call | p50 ms | added p50 us | added CPU us |\n|---|---|---|---|\n${rows.join('')}`
}

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
    { name: 'without a token', token: null },
    { name: 'RS256, the same token each time', token: () => same },
    ...keys.map((key) => ({ name: `${key.alg}, another token each time`, token: fresh(key) })),
  ]
  try {
    const place = { port: gateway.port, pid: gateway.child.pid ?? 0 }
    const text = `# The check of a token, ${today}

${machine}. ${rounds} interleaved rounds of ${calls} calls at one connection after a warm-up, medians of differences paired by round, through
\`kt gateway run\` without policies and without a log; load, gateway and model server share the cores. A token that was seen within
the last minute is not checked again: that is the row with the same token.

${await measureAll(ways, place)}`
    process.stdout.write(text)
    if (!quick) saveResult(`${today}-access-jwt`, text)
  } finally {
    agent.destroy()
    await stop(gateway.child)
    await stop(upstream.child)
    await provider.close()
  }
}

await main()
