import { Agent, request } from 'node:http'
import { cpuMs } from './processes.ts'
import { body } from './sample.ts'
import { median } from './statistics.ts'

/** One way to call: with which key or token the call of that number comes. */
export interface Way {
  readonly name: string
  readonly bearer: ((call: number) => string) | null
}

/** How much is measured. */
interface Plan {
  readonly rounds: number
  /** Per round and way. */
  readonly calls: number
}

interface Gateway {
  readonly port: number
  readonly pid: number
}

interface Measured {
  /** Milliseconds. */
  readonly p50: number
  /** CPU microseconds of the gateway per call. */
  readonly cpuUs: number
}

/**
 * What each way of calling the same gateway adds to the first one, as a table: each once per round at one connection, every other
 * round the other way round, after a warm-up. Throws when a call failed.
 */
export async function compareCallers(
  ways: readonly Way[],
  gateway: Gateway,
  { rounds, calls }: Plan,
): Promise<string> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const measure = async ({ bearer }: Way, round: number): Promise<Measured> => {
    const shown = Array.from({ length: calls }, (_, at) => bearer?.(round * calls + at) ?? null)
    const times: number[] = []
    const before = cpuMs(gateway.pid) ?? Number.NaN
    for (const one of shown) times.push(await call(gateway.port, { bearer: one, agent, body }))
    const after = cpuMs(gateway.pid) ?? Number.NaN
    return { p50: median(times), cpuUs: ((after - before) * 1000) / calls }
  }
  const samples = ways.map((): Measured[] => [])
  for (const way of ways) await measure(way, rounds)
  for (let round = 0; round < rounds; round++) {
    const order = [...ways.entries()]
    for (const [at, way] of round % 2 === 0 ? order : order.reverse())
      samples[at]?.push(await measure(way, round))
  }
  agent.destroy()
  return tableOf(ways, samples)
}

interface OneCall {
  readonly bearer: string | null
  readonly agent: Agent
  readonly body: string
}

/** Sends one chat completion to a port and gives the milliseconds until its answer was in. Rejects when it is not a 200. */
export function call(port: number, { bearer, agent, body }: OneCall): Promise<number> {
  const started = performance.now()
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
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

function tableOf(ways: readonly Way[], samples: readonly (readonly Measured[])[]): string {
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
