import { Agent } from 'node:http'
import { measureHoldBack } from '../hold-back.ts'
import { progress } from '../progress.ts'
import type { Table } from '../show-figures.ts'
import { streamedPieces } from '../streamed-answer.ts'
import type { Fleet, Without } from '../subjects/fleet.ts'
import { withFleet } from '../subjects/fleet.ts'
import { measureHeldStreams } from './held-streams.ts'
import type { Effort, Scenario, Section } from './scenario.ts'
import { measureStreamCpu } from './stream-cpu.ts'
import { measureFirstTokens } from './stream-first-tokens.ts'

/** Streamed answers: when their first text comes, what an event costs, many at once, and what is held back. */
export function streamsScenario(effort: Effort, without: Without): Scenario {
  return { name: 'streams', run: () => withFleet(without, (fleet) => measure(fleet, effort)) }
}

async function measure(fleet: Fleet, effort: Effort): Promise<Section> {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
  try {
    progress('streams, first tokens')
    const first = await measureFirstTokens(fleet, agent, effort)
    progress('streams, CPU per event')
    const cpu = await measureStreamCpu(fleet, agent, effort)
    progress('streams, many at once')
    const held = await measureHeldStreams(fleet, effort)
    return {
      title: 'Streamed answers',
      method: `The whole answer has ${streamedPieces.length} pieces (${streamedPieces.join('').length} characters) and holds a name, an address and a phone number; medians of differences paired by round.`,
      tables: [first.table, cpu.table, held.table, await holdBackTable()],
      figures: { ...first.figures, ...cpu.figures, ...held.figures },
    }
  } finally {
    agent.destroy()
  }
}

async function holdBackTable(): Promise<Table> {
  const held = await measureHoldBack(20)
  return {
    title: 'What the documented chain holds back, in process',
    head: ['what', 'mean', 'p99'],
    rows: [
      ['characters after each piece', held.meanCharacters.toFixed(2), `${held.p99Characters}`],
      ['ms a character waits at 20 ms a piece', held.meanMs.toFixed(1), `${held.p99Ms}`],
    ],
  }
}
