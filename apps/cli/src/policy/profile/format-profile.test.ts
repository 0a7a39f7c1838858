import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { plainStyle } from '../../output/style.ts'
import { formatProfile } from './format-profile.ts'
import type { Figures, Profile, SideProfile } from './profile.ts'
import { toProfileJson } from './profile-json.ts'

const figures = (p50: number, share: number, bytes: number): Figures => ({
  ...{ p50, p99: p50 * 2, max: p50 * 3 },
  ...{ perKb: (p50 * 1000) / bytes, share },
})

const request = (bytes: number, scale: number): SideProfile => ({
  bytes,
  policies: [
    { kind: 'prompt-injection', figures: figures(38 * scale, 0.38, bytes), idle: null },
    { kind: 'pii-detector', figures: figures(60 * scale, 0.6, bytes), idle: null },
    { kind: 'audit-logger', figures: null, idle: 'no_sink' },
  ],
  shared: figures(2 * scale, 0.02, bytes),
  whole: figures(101 * scale, 1, bytes),
  waited: null,
})

const answer = (bytes: number, scale: number): SideProfile => ({
  bytes,
  policies: [
    { kind: 'prompt-injection', figures: null, idle: 'request_only' },
    { kind: 'pii-detector', figures: figures(95 * scale, 0.95, bytes), idle: null },
    { kind: 'audit-logger', figures: null, idle: 'no_sink' },
  ],
  shared: figures(5 * scale, 0.05, bytes),
  whole: figures(100 * scale, 1, bytes),
  waited: figures(250 * scale, 2.5, bytes),
})

const saving = { policy: 'pii-detector', option: 'entities' }
const profile: Profile = {
  pack: { name: 'mlflow-governance', version: '1.0.0' },
  chain: [
    { kind: 'prompt-injection', mode: 'enforce' },
    { kind: 'pii-detector', mode: 'enforce' },
    { kind: 'audit-logger', mode: 'enforce' },
  ],
  runs: 100,
  groups: [
    {
      ...{ name: 'made up, 300', prompts: 1, refused: new Map() },
      ...{ request: request(343, 1), answer: answer(473, 1) },
    },
    {
      ...{ name: 'prompts.jsonl', prompts: 12, refused: new Map([['prompt-injection', 2]]) },
      ...{ request: request(240_000, 250), answer: answer(241_000, 250) },
    },
  ],
  savings: [
    { ...saving, change: 'leave PHONE_NUMBER out of entities', loses: 'x', share: 0.04 },
    {
      ...saving,
      change: 'leave PERSON out of entities',
      loses: 'PERSON is then not found',
      share: 0.4167,
    },
  ],
  slowFrom: 31_416,
  turnMs: 8,
}

const guide = readFileSync(
  new URL('../../../../../docs/guides/profile-policies.md', import.meta.url),
  'utf8',
)

type Numbers = readonly [p50: number, p99: number, max: number, perKb: number, share: number]

const times = ([p50, p99, max, perKb, share]: Numbers): Figures => ({ p50, p99, max, perKb, share })
const ran = (kind: string, numbers: Numbers) => ({ kind, figures: times(numbers), idle: null })
const idle = (kind: string, reason: string) => ({ kind, figures: null, idle: reason })

/** A run on the machine that the guide names. */
const example: Profile = {
  ...profile,
  runs: 826,
  groups: [
    {
      name: 'made up, 3k',
      prompts: 1,
      refused: new Map(),
      request: {
        bytes: 3043,
        policies: [
          ran('prompt-injection', [1050, 7126, 18276, 345.1, 0.493]),
          ran('pii-detector', [871, 6014, 12911, 286.2, 0.409]),
          idle('audit-logger', 'no_sink'),
        ],
        shared: times([209, 4277, 8733, 68.7, 0.098]),
        whole: times([2179, 10779, 23389, 716.1, 1]),
        waited: null,
      },
      answer: {
        bytes: 3173,
        policies: [
          idle('prompt-injection', 'request_only'),
          ran('pii-detector', [1929, 10707, 15311, 607.9, 0.88]),
          idle('audit-logger', 'no_sink'),
        ],
        shared: times([263, 4480, 13051, 82.9, 0.12]),
        whole: times([2215, 11491, 23225, 698.1, 1]),
        waited: null,
      },
    },
  ],
  savings: [
    {
      policy: 'prompt-injection',
      option: 'encoding.normalize_unicode',
      change: 'set encoding.normalize_unicode: false',
      loses: 'escapes, leet, spaced-out, reversed and ROT13 text are then not read',
      share: 0.326,
    },
    {
      policy: 'prompt-injection',
      option: 'encoding.detect_homoglyphs',
      change: 'set encoding.detect_homoglyphs: false',
      loses: 'letters of other scripts that look Latin are then not read as Latin',
      share: 0.276,
    },
    {
      policy: 'pii-detector',
      option: 'entities',
      change: 'leave PERSON out of entities',
      loses: 'PERSON is then not found',
      share: 0.553,
    },
    {
      policy: 'pii-detector',
      option: 'entities',
      change: 'leave PHONE_NUMBER out of entities',
      loses: 'PHONE_NUMBER is then not found',
      share: 0.11,
    },
  ],
  slowFrom: 11172,
}

it('looks as the guide shows it', () => {
  expect(formatProfile(example, plainStyle)).toBe(/```text\n([\s\S]*?)```/.exec(guide)?.[1])
})

it('shows every group, how many prompts it has, what waited, and who refused', () => {
  const shown = formatProfile(profile, plainStyle)
  expect(shown).toContain('Measured: 13 prompts, 100 runs of each in turns')
  expect(shown).toContain(`
prompts.jsonl, 12 prompts: answers of the same text, 241000 bytes
  PART                    P50     P99     MAX  US/KB  SHARE
  prompt-injection          -       -       -      -      -  acts on requests only
  pii-detector          23750   47500   71250   98.5   95 %  ███████████████████
  audit-logger              -       -       -      -      -  records nothing here
  reading and writing    1250    2500    3750    5.2    5 %  █
  all                   25000   50000   75000  103.7  100 %
  waiting for plug-ins  62500  125000  187500                in no other line
`)
  expect(shown).toMatch(/^made up, 300: requests, 343 bytes$/m)
  expect(shown).toContain(
    '  - prompt-injection refuses 2 of 13 prompts or their answers; they were measured as if it let them pass.\n',
  )
  expect(shown).toContain('leave PERSON out of entities to save 42 %')
  expect(shown).not.toContain('PHONE_NUMBER')
})

it('gives programs the same, in microseconds and shares', () => {
  expect(toProfileJson(profile)).toMatchObject({
    runs: 100,
    groups: [
      {
        request: {
          policies: [
            {
              policy: 'prompt-injection',
              not_run: null,
              p50_us: 38,
              us_per_kb: 110.8,
              share: 0.38,
            },
            { p99_us: 120, max_us: 180 },
            { policy: 'audit-logger', not_run: 'no_sink' },
          ],
          shared: { p50_us: 2 },
          whole: { share: 1 },
          waited: null,
        },
      },
      { refused: { 'prompt-injection': 2 }, answer: { waited: { p50_us: 62_500 } } },
    ],
    savings: [{ share: 0.04 }, { option: 'entities', share: 0.417 }],
    slow_from_bytes: 31_416,
  })
})

it('says so when no request is slow, when the machine is busy, and of a chain of one policy nothing obvious', () => {
  const [first] = profile.groups
  if (!first) throw new Error('not expected')
  const busy = (side: SideProfile): SideProfile => ({
    ...side,
    whole: { ...side.whole, p99: 9999 },
  })
  const [policy] = profile.chain
  const quiet = formatProfile(
    {
      ...profile,
      ...{ chain: policy ? [policy] : [], savings: [], slowFrom: null },
      groups: [{ ...first, request: busy(first.request), answer: busy(first.answer) }],
    },
    plainStyle,
  )
  expect(quiet.slice(quiet.indexOf('What the figures say'))).toBe(`What the figures say
  - No request of up to size_limits.max_body_bytes takes more than 8 ms.
  - P99 is more than 5 times P50: other programs use this machine, or the prompts differ much. Compare medians, or measure on a quiet machine.
`)
})
