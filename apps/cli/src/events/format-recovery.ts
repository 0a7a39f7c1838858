import { join } from 'node:path'
import type { Examination, NewLog, Salvage } from '@keeptrusts/audit-store'
import type { Fact } from '../output/format-facts.ts'
import { formatFacts } from '../output/format-facts.ts'
import { sanitize } from '../output/sanitize.ts'

/** What a look at a log showed, for people. Ends with a line break. */
export function formatExamination({ database, problem, log, size }: Examination): string {
  if (problem === null)
    return `The log ${sanitize(database)} is sound: ${String(size)} events, a gateway starts with it.\n`
  const facts: Fact[] = [
    ['Log', log],
    ['Events', size === null ? null : `${size} by its head`],
    ['Code', problem.code],
    ['Fix', problem.suggestion],
    ['Save', 'kt events recover --to <new folder> copies what can still be read'],
  ]
  return `${sanitize(problem.message)}\n${formatFacts(facts).join('\n')}\n`
}

/** What was saved of a log, for people. Ends with a line break. */
export function formatSalvage(salvage: Salvage, to: string): string {
  const { saved, size, missing, changed, matching, proven, first, last } = salvage
  const facts: Fact[] = [
    ['Range', first === null ? null : `${first} to ${last}`],
    ['Missing', missing.length === 0 ? null : missing.map(rangeText).join(', ')],
    ['Changed', changed.length === 0 ? null : changed.join(', ')],
    ['Matching', `the first ${matching} match their hashes and follow one another`],
    [
      'Proven',
      proven === null
        ? 'none: no signed checkpoint fits what was saved'
        : `the first ${proven.size}, by the signed checkpoint in ${join(to, 'checkpoint.note')}`,
    ],
    ['Key', proven && `${proven.vkey} (compare it with the one you noted)`],
  ]
  const of = size === null ? '' : ` of ${size}`
  const head = `Saved ${saved}${of} events in ${sanitize(join(to, 'events.jsonl'))}: a copy for reading, never a log.`
  return `${[head, ...formatFacts(facts)].join('\n')}\n`
}

/** A new log in the place of an old one, for people. Ends with a line break. */
export function formatNewLog({ log, publicKey, setAside }: NewLog): string {
  const facts: Fact[] = [
    ['Old log', `${setAside} (evidence: keep it)`],
    ['New log', log],
    ['Public', `${publicKey} (public key of the log; note it elsewhere)`],
    ['Next', 'kt gateway run starts with the new log'],
  ]
  return `${['The old log was moved aside, and a new one begun that names it.', ...formatFacts(facts)].join('\n')}\n`
}

function rangeText([from, to]: readonly [number, number]): string {
  return from === to ? String(from) : `${from}-${to}`
}
