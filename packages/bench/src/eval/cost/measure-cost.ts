import { costTexts, repeatTo } from './cost-texts.ts'

/** In UTF-16 units, with how often a round looks at such a text; 1 MB is ten times 100 KB, so that growth 10 is linear. */
const sizes = [
  { name: '100 B', length: 100, times: 100 },
  { name: '1 KB', length: 1024, times: 30 },
  { name: '10 KB', length: 10_240, times: 5 },
  { name: '100 KB', length: 102_400, times: 2 },
  { name: '1 MB', length: 1_024_000, times: 1 },
] as const

/** The sizes of `CostRow.usPerKb`. */
export const costSizes: readonly string[] = sizes.map(({ name }) => name)

/** What one kind of text costs. */
export interface CostRow {
  readonly text: string
  /** CPU microseconds per KB of text, medians, in the order of `costSizes`. */
  readonly usPerKb: readonly number[]
  /** time(1 MB) / time(100 KB), of the medians; 10 is linear. */
  readonly growth: number
}

const ROUNDS = 5
const WARM_UP = 20
/** After so many CPU milliseconds on one kind of text three rounds must do, after the first so many one. */
const PATIENCE_MS = { three: 1500, one: 6000 }

/** Times `run` on every kind of text in every size. The sizes take turns, so that a busy moment does not hit only one of them. */
export function measureCost(
  run: (text: string) => void,
  texts: Readonly<Record<string, string>> = costTexts,
): CostRow[] {
  // Otherwise the first texts pay for the compiler.
  for (let time = 0; time < WARM_UP; time++) {
    for (const text of Object.values(texts)) run(repeatTo(text, 1024))
  }
  return Object.entries(texts).map(([name, pattern]) => {
    const perKb = medians(
      run,
      sizes.map(({ length }) => repeatTo(pattern, length)),
    )
    const [, , , hundred = 0, thousand = 0] = perKb
    return { text: name, usPerKb: perKb, growth: (10 * thousand) / hundred }
  })
}

function medians(run: (text: string) => void, texts: readonly string[]): number[] {
  const measured = texts.map((): number[] => [])
  let spent = 0
  const enough = (rounds: number) =>
    rounds >= ROUNDS ||
    (rounds >= 3 && spent > PATIENCE_MS.three) ||
    (rounds >= 1 && spent > PATIENCE_MS.one)
  for (let round = 0; !enough(round); round++) {
    for (const [index, text] of texts.entries()) {
      const times = sizes[index]?.times ?? 1
      const milliseconds = cpuOf(() => {
        for (let time = 0; time < times; time++) run(text)
      })
      spent += milliseconds
      measured[index]?.push((milliseconds * 1000) / times / (text.length / 1024))
    }
  }
  return measured.map(median)
}

/** CPU time of this process in milliseconds: what others do on the machine counts less than by the clock. */
function cpuOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
