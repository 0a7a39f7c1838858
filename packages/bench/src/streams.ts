// `npm run bench:streams --workspace @keeptrusts/bench [-- --quick]`: what policies on streamed answers cost.
import { Agent } from 'node:http'
import { median } from './command-start.ts'
import { measureHoldBack } from './hold-back.ts'
import { cpuMs, rssMb, stop } from './processes.ts'
import { machine, saveResult, today } from './save-result.ts'
import type { StreamTimes } from './stream-client.ts'
import { readStream } from './stream-client.ts'
import { streamedPieces } from './streamed-answer.ts'
import type { Subject } from './subjects.ts'
import {
  startBareGateway,
  startFullGateway,
  startStreaming,
  startUnrecordedGateway,
} from './subjects.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 20 : 150
const pauseMs = 5
const firstPieces = 12
const cpuStreams = quick ? 100 : 600
const concurrent = quick ? 200 : 1000

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })

/** First byte and first text at one connection, the model sending a piece every few milliseconds. */
async function firstTokens(subjects: readonly Subject[]): Promise<string> {
  const times = subjects.map((): StreamTimes[] => [])
  for (let round = -3; round < rounds; round++) {
    const order = [...subjects.keys()]
    for (const i of round % 2 === 0 ? order : order.reverse()) {
      const { port } = subjects[i] as Subject
      const one = await readStream({ port, agent, pieces: firstPieces, pauseMs })
      if (round >= 0) times[i]?.push(one)
    }
  }
  const added = (i: number, base: number, pick: (one: StreamTimes) => number): string => {
    const own = times[i] ?? []
    const other = times[base] ?? []
    return median(own.map((one, n) => pick(one) - pick(other[n] ?? one))).toFixed(2)
  }
  const rows = subjects.map((subject, i) => {
    const byte = ({ firstByte }: StreamTimes) => firstByte
    const text = ({ firstText }: StreamTimes) => firstText
    const own = `${median((times[i] ?? []).map(byte)).toFixed(2)} | ${median((times[i] ?? []).map(text)).toFixed(2)}`
    return `| ${subject.name} | ${own} | ${added(i, 0, byte)} | ${added(i, 0, text)} | ${added(i, 1, byte)} | ${added(i, 1, text)} |\n`
  })
  return `| path | first byte ms | first text ms | added to direct: byte | text | added to the bare gateway: byte | text |
|---|---|---|---|---|---|---|
${rows.join('')}`
}

/** CPU per event, the model sending as fast as it can, four streams at a time, rounds interleaved. */
async function cpuPerEvent(subjects: readonly Subject[]): Promise<string> {
  const pieces = streamedPieces.length
  const spent = subjects.map((): number[] => [])
  for (let round = -1; round < 6; round++)
    for (const [i, { port, child }] of subjects.entries()) {
      const before = cpuMs(child.pid ?? 0) ?? Number.NaN
      let left = Math.ceil(cpuStreams / 6)
      const total = left
      const worker = async (): Promise<void> => {
        while (left-- > 0) await readStream({ port, agent, pieces, pauseMs: 0 })
      }
      await Promise.all([worker(), worker(), worker(), worker()])
      const after = cpuMs(child.pid ?? 0) ?? Number.NaN
      if (round >= 0) spent[i]?.push(((after - before) * 1000) / total / (pieces + 3))
    }
  const rows = subjects.map(
    (subject, i) =>
      `| ${subject.name} | ${median(spent[i] ?? []).toFixed(1)} | ${median((spent[i] ?? []).map((own, n) => own - (spent[0]?.[n] ?? own))).toFixed(1)} |\n`,
  )
  return `| path | CPU us/event | over the bare gateway |\n|---|---|---|\n${rows.join('')}`
}

/** Memory with many streams open at once, a piece every two seconds. */
async function manyStreams(subjects: readonly Subject[]): Promise<string> {
  const rows: string[] = []
  for (const { name, port, child } of subjects) {
    const pid = child.pid ?? 0
    const atRest = rssMb(pid) ?? Number.NaN
    let failures = 0
    const streams = Array.from({ length: concurrent }, () =>
      readStream({ port, agent, pieces: 6, pauseMs: 2000 }).catch(() => {
        failures += 1
      }),
    )
    let peak = atRest
    const watch = setInterval(() => {
      peak = Math.max(peak, rssMb(pid) ?? 0)
    }, 500)
    await Promise.all(streams)
    clearInterval(watch)
    const each = ((peak - atRest) * 1024) / concurrent
    rows.push(
      `| ${name} | ${failures} | ${atRest.toFixed(0)} | ${peak.toFixed(0)} | ${each.toFixed(0)} |\n`,
    )
  }
  return `| path | failed | RSS before MB | RSS at most MB | KB each |\n|---|---|---|---|---|\n${rows.join('')}`
}

async function main(): Promise<void> {
  const direct = await startStreaming()
  const gateways = [
    await startBareGateway(direct),
    await startUnrecordedGateway(direct),
    await startFullGateway(direct),
  ]
  const held = await measureHoldBack(20)
  try {
    const text = `# Streamed answers, ${today}

${machine}. Everything shares the cores; medians of paired differences of interleaved rounds. The answer has ${streamedPieces.length} pieces
(${streamedPieces.join('').length} characters) and holds a name, an address and a phone number.

## First token, one connection, ${rounds} rounds, a piece every ${pauseMs} ms

${await firstTokens([direct, ...gateways])}
## CPU, four streams at a time, as fast as the model server can

${await cpuPerEvent(gateways)}
## ${concurrent} streams at once

${await manyStreams(gateways)}
## Hold-back of the documented chain, in process

After each piece: mean ${held.meanCharacters.toFixed(2)}, p99 ${held.p99Characters} characters. For each character, at 20 ms a piece: mean
${held.meanMs.toFixed(1)}, p99 ${held.p99Ms} ms.
`
    process.stdout.write(text)
    if (!quick) saveResult(`${today}-streams`, text)
  } finally {
    for (const subject of [...gateways, direct]) await stop(subject.child)
    agent.destroy()
  }
}

await main()
