import type { Agent } from 'node:http'
import { cpuMs } from '../processes.ts'
import type { Table } from '../show-figures.ts'
import { spread } from '../show-figures.ts'
import { spreadOf } from '../statistics.ts'
import { readStream } from '../stream-client.ts'
import { streamedPieces } from '../streamed-answer.ts'
import type { Fleet } from '../subjects/fleet.ts'
import { membersOf } from '../subjects/fleet.ts'
import type { Subject } from '../subjects/subject.ts'
import { pidOf } from '../subjects/subject.ts'
import type { Effort, Section } from './scenario.ts'

const pauseMs = 10

/** CPU per event, the model servers sending a piece every ten milliseconds on some streams at once. */
export async function measureStreamCpu(
  fleet: Fleet,
  agent: Agent,
  { quick, rounds }: Effort,
): Promise<{ readonly table: Table; readonly figures: Section['figures'] }> {
  const pieces = quick ? 40 : streamedPieces.length
  const streams = 40
  const subjects = membersOf(fleet)
  const spent = subjects.map((): number[] => [])
  const measure = async (subject: Subject): Promise<number> => {
    const before = cpuMs(pidOf(subject)) ?? Number.NaN
    const one = () => readStream({ subject, agent, pieces, pauseMs })
    await Promise.all(Array.from({ length: streams }, one))
    const after = cpuMs(pidOf(subject)) ?? Number.NaN
    // Three events are no piece: the role, the end, and what follows it.
    return ((after - before) * 1000) / streams / (pieces + 3)
  }
  // The first round warms up; in a quick run first tokens did.
  for (let round = quick ? 0 : -1; round < (quick ? 1 : rounds); round++) {
    const order = [...subjects.entries()]
    for (const [i, subject] of round % 2 === 0 ? order : order.reverse()) {
      const us = await measure(subject)
      if (round >= 0) spent[i]?.push(us)
    }
  }
  const of = (subject: Subject | null) =>
    spreadOf(subject === null ? [] : (spent[subjects.indexOf(subject)] ?? []))
  const ratio = (subject: Subject, base: Subject | null) => {
    const other = base === null ? [] : (spent[subjects.indexOf(base)] ?? [])
    const mine = spent[subjects.indexOf(subject)] ?? []
    return spreadOf(other.map((value, round) => (mine[round] ?? Number.NaN) / value))
  }
  return {
    table: {
      title: `CPU per event, ${streams} streams at once, a piece every ${pauseMs} ms`,
      head: ['path', 'CPU / nginx', 'CPU / Portkey', 'CPU µs/event'],
      rows: subjects.map((subject) => [
        subject.name,
        spread(ratio(subject, fleet.nginx)),
        spread(ratio(subject, fleet.portkey)),
        spread(of(subject)),
      ]),
    },
    figures: { fullCpuPerEventUs: of(fleet.full), portkeyCpuPerEventUs: of(fleet.portkey) },
  }
}
