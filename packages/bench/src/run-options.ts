import { parseArgs } from 'node:util'
import type { Effort } from './scenarios/scenario.ts'
import type { Without } from './subjects/fleet.ts'

/** Scenarios in the order in which they run; `soak` only where it is asked for. */
export const scenarioNames = [
  'json',
  'prompts',
  'streams',
  'store',
  'policies',
  'cli',
  'soak',
] as const
export type ScenarioName = (typeof scenarioNames)[number]

/** What a run of the benchmark was asked to do. */
export interface RunOptions {
  readonly names: readonly ScenarioName[]
  readonly effort: Effort
  readonly soakMinutes: number
  readonly without: Without
  /** Fail when a request takes much more CPU than it did in the last full run. */
  readonly check: boolean
  /** What the result file is called behind its date; `null` when nothing is kept. */
  readonly suffix: string | null
}

/** How to call it, for whoever called it in another way. */
export const usage = `npm run bench [-- OPTIONS]
  --quick                 a minute or two, printed and not kept
  --only NAMES            some of ${scenarioNames.join(', ')} (with commas); all is all of them
  --soak [MINUTES]        steady load for 10 minutes, or as many as said
  --rounds N, --seconds S rounds, and seconds of one stretch of load
  --without NAMES         leave out nginx, portkey
  --check                 fail when CPU per request is 60 % over that of the last full run
`

/** Reads the command line. Throws a `TypeError` that says what is wrong with it. */
export function runOptions(args: readonly string[]): RunOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      soak: { type: 'boolean', default: false },
      only: { type: 'string' },
      without: { type: 'string', default: '' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
    },
  })
  if (positionals.length > (values.soak ? 1 : 0))
    throw new TypeError(`What is "${positionals.at(-1)}"? Only --soak takes a number.`)
  const { quick } = values
  const names = namesOf(values.only, values.soak)
  return {
    names,
    effort: {
      quick,
      rounds: positive('--rounds', values.rounds, quick ? 3 : 5),
      durationMs: positive('--seconds', values.seconds, quick ? 0.4 : 4) * 1000,
      floor: values.check || !quick,
    },
    soakMinutes: positive('--soak', positionals[0], quick ? 0.1 : 10),
    without: new Set(listed('--without', values.without, ['nginx', 'portkey'])),
    check: values.check,
    suffix: quick ? null : suffixOf(names),
  }
}

function namesOf(only: string | undefined, soak: boolean): readonly ScenarioName[] {
  const usual = scenarioNames.filter((name) => name !== 'soak')
  if (only === 'all') return scenarioNames
  const asked = only === undefined ? (soak ? [] : usual) : listed('--only', only, scenarioNames)
  return scenarioNames.filter((name) => asked.includes(name) || (soak && name === 'soak'))
}

function suffixOf(names: readonly ScenarioName[]): string {
  return names.length >= scenarioNames.length - 1 ? '' : `-${names.join('-')}`
}

function listed<Name extends string>(
  option: string,
  text: string,
  known: readonly Name[],
): readonly Name[] {
  return text
    .split(',')
    .filter((word) => word !== '')
    .map((word) => {
      const name = known.find((one) => one === word)
      if (name === undefined)
        throw new TypeError(`${option} knows no "${word}", only ${known.join(', ')}.`)
      return name
    })
}

function positive(option: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text)
  if (!(value > 0)) throw new TypeError(`${option} needs a number above 0, not "${text}".`)
  return value
}
