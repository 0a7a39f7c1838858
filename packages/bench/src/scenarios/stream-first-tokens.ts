import type { Agent } from 'node:http'
import type { Table } from '../show-figures.ts'
import { decimals, spread } from '../show-figures.ts'
import type { Spread } from '../statistics.ts'
import { median, spreadOf } from '../statistics.ts'
import type { StreamTimes } from '../stream-client.ts'
import { readStream } from '../stream-client.ts'
import type { Fleet } from '../subjects/fleet.ts'
import { membersOf } from '../subjects/fleet.ts'
import type { Subject } from '../subjects/subject.ts'
import type { Effort, Section } from './scenario.ts'

const pieces = 12
const pauseMs = 5
const warmUp = 3

type Pick = (one: StreamTimes) => number
const byte: Pick = ({ firstByte }) => firstByte
const text: Pick = ({ firstText }) => firstText

/**
 * First byte and first text at one connection, the model sending a piece every few milliseconds. The first event has no text;
 * the first text of a path that redacts goes out when the word is complete.
 */
export async function measureFirstTokens(
  fleet: Fleet,
  agent: Agent,
  { quick, rounds }: Effort,
): Promise<{ readonly table: Table; readonly figures: Section['figures'] }> {
  const subjects = membersOf(fleet)
  const streams = quick ? 9 : rounds * 30
  const times = subjects.map((): StreamTimes[] => [])
  for (let round = -warmUp; round < streams; round++) {
    const order = [...subjects.entries()]
    for (const [i, subject] of round % 2 === 0 ? order : order.reverse()) {
      const one = await readStream({ subject, agent, pieces, pauseMs })
      if (round >= 0) times[i]?.push(one)
    }
  }
  const timesOf = (subject: Subject) => times[subjects.indexOf(subject)] ?? []
  const added = (subject: Subject, base: Subject, pick: Pick): Spread =>
    spreadOfParts(
      timesOf(subject).map((one, at) => pick(one) - pick(timesOf(base)[at] ?? one)),
      rounds,
    )
  const rows = subjects.map((subject) => [
    subject.name,
    spread(added(subject, fleet.direct, byte)),
    spread(added(subject, fleet.direct, text)),
    spread(added(subject, fleet.bare, byte)),
    spread(added(subject, fleet.bare, text)),
    decimals(median(timesOf(subject).map(byte))),
    decimals(median(timesOf(subject).map(text))),
  ])
  return {
    table: {
      title: `First token, one connection, ${streams} streams a path, a piece every ${pauseMs} ms`,
      head,
      rows,
    },
    figures: { fullFirstTextOverBareMs: added(fleet.full, fleet.bare, text) },
  }
}

const head = [
  'path',
  'added to direct: first byte ms',
  'first text ms',
  'added to the gateway without policies: first byte ms',
  'first text ms',
  'first byte ms',
  'first text ms',
]

/** Single streams scatter: the middle of all, and the range of the middles of as many parts as other measurements have rounds. */
function spreadOfParts(values: readonly number[], parts: number): Spread {
  const size = Math.max(1, Math.ceil(values.length / parts))
  const middles = Array.from({ length: Math.ceil(values.length / size) }, (_, part) =>
    median(values.slice(part * size, (part + 1) * size)),
  )
  return { ...spreadOf(middles), median: median(values) }
}
