import type { Engine } from '@keeptrusts/core'
import { builtinPolicies, createEngine, parseConfig } from '@keeptrusts/core'
import { costTexts, repeatTo } from '../eval/cost/cost-texts.ts'
import { progress } from '../progress.ts'
import { decimals, spread } from '../show-figures.ts'
import type { Spread } from '../statistics.ts'
import { median, spreadOf } from '../statistics.ts'
import type { Effort, Scenario, Section } from './scenario.ts'

/** What a policy is given as in a file, where its defaults would do nothing or are not what people use. */
const sensible: Readonly<Record<string, object>> = {
  'pii-detector': {
    action: 'redact',
    entities: ['PERSON', 'EMAIL_ADDRESS', 'PHONE_NUMBER', 'US_SSN', 'CREDIT_CARD', 'IBAN_CODE'],
  },
  'dlp-filter': { blocked_terms: ['project-nightjar'], detect_patterns: ['PRJ-\\d{6}'] },
  rbac: {
    deny_if_missing: ['X-User-ID'],
    data_access: { analyst: { max_sensitivity: 'confidential' } },
  },
}

/** UTF-16 units, and how often a round looks at such a text. */
const sizes = [
  { name: '1 KB', length: 1024, times: 40 },
  { name: '10 KB', length: 10_240, times: 6 },
  { name: '100 KB', length: 102_400, times: 1 },
  { name: '1 MB', length: 1_024_000, times: 1 },
] as const

/** Every policy of the registry by itself, in process, on ordinary text. */
export function policiesScenario(effort: Effort): Scenario {
  return { name: 'policies', run: () => measure(effort) }
}

async function measure({ quick, rounds }: Effort): Promise<Section> {
  const chains = ['no policy', ...builtinPolicies.map(({ kind }) => kind)]
  const rows: string[][] = []
  for (const name of chains) {
    progress(`policies, ${name}`)
    const engine = engineWith(name === 'no policy' ? [] : [name])
    rows.push([name, ...(await costOf(engine, quick ? 2 : rounds))])
  }
  return {
    title: 'Policies alone',
    method:
      'CPU of one policy at a time in the engine, on one message of ordinary text, median and range; no policy is what the engine takes by itself. For other texts and what an attacker would send see the detection results.',
    tables: [
      {
        title: 'CPU of policies',
        head: [
          'policy',
          ...sizes.map(({ name }) => `µs/KB at ${name}`),
          '1 MB / 100 KB (10 is linear)',
        ],
        rows,
      },
    ],
    figures: {},
  }
}

/** An engine with these policies, with options as people use them; the defaults for a kind that is not listed. */
export function engineWith(kinds: readonly string[]): Engine {
  const text = JSON.stringify({
    pack: { name: 'bench', version: '1.0.0' },
    policies: { chain: kinds },
    policy: Object.fromEntries(kinds.map((kind) => [kind, sensible[kind] ?? {}])),
  })
  return createEngine(parseConfig(text))
}

async function costOf(engine: Engine, rounds: number): Promise<string[]> {
  const perKb = sizes.map((): number[] => [])
  for (let round = -1; round < rounds; round++)
    for (const [i, { length, times }] of sizes.entries()) {
      const text = repeatTo(costTexts.ordinary, length)
      const us = await cpuUs(async () => {
        for (let time = 0; time < times; time++) await ask(engine, text)
      })
      if (round >= 0) perKb[i]?.push(us / times / (length / 1024))
    }
  const middles = perKb.map(median)
  const growth = (10 * (middles[3] ?? Number.NaN)) / (middles[2] ?? Number.NaN)
  return [...perKb.map((values) => spread(spreadOf(values) as Spread)), decimals(growth)]
}

export async function ask(engine: Engine, content: string): Promise<void> {
  const identity = { subject: 'ann', roles: ['analyst'] }
  const headers = { 'x-user-id': 'ann' }
  const input = { messages: [{ role: 'user', content }], identity, headers }
  const { outcome } = await engine.evaluateRequest(input)
  if (outcome !== 'allow') throw new Error(`ordinary text: ${outcome}`)
}

/** CPU time of this process in microseconds: what others do on the machine counts less than by the clock. */
async function cpuUs(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}
