import { chat, codeOf, parseAnswer, startBench } from './bench.ts'
import { startStaleUpstream } from './stale-upstream.ts'

/** What came of calls over connections that end at reuse. */
interface Outcome {
  /** Statuses and codes of what was not answered. */
  readonly failures: readonly string[]
  readonly answered: number
  /** How often a call arrived more than once. */
  readonly duplicates: number
  readonly arrived: number
  /** How often a used connection was used again. */
  readonly reused: number
}

/** Sends so many calls, one after the other. */
export async function callOverStaleConnections(rounds: number): Promise<Outcome> {
  const upstream = await startStaleUpstream()
  const bench = await startBench({ baseUrl: `${upstream.url}/v1` })
  const failures: string[] = []
  for (let round = 0; round < rounds; round++) {
    const answer = await bench.ask(chat(`round-${round}-`))
    const { status } = parseAnswer(answer)
    if (status !== 200) failures.push(`${status} ${codeOf(answer)}`)
  }
  await bench.stop()
  upstream.close()
  const duplicates = [...upstream.seen.values()].filter((times) => times > 1).length
  const answered = rounds - failures.length
  return { failures, answered, duplicates, arrived: upstream.seen.size, reused: upstream.reused() }
}
