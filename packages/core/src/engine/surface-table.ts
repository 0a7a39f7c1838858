import type { Config } from '../config/config.ts'
import { apiShapes } from '../message/api-shapes.ts'
import type { ApiShape, Direction } from '../message/segment.ts'
import type { CompiledPolicy } from './compile-chain.ts'
import { compileChain, gathersAnswers, judgesAnswers, judgesToolsOnly } from './compile-chain.ts'

/**
 * What a policy does at one place: `enforced`; `buffered`, when a stream is gathered for it and goes out when it has ended;
 * `monitored`, when it only says what it would do; `recorded`, when it only takes down; or why it does not run there.
 */
export type SurfaceAct = 'enforced' | 'buffered' | 'monitored' | 'recorded' | `not_run(${string})`

/** One place where a policy could act. */
export interface SurfaceCell {
  readonly policy: string
  readonly shape: ApiShape
  readonly direction: Direction
  /** Whether the client asked for a stream. */
  readonly stream: boolean
  readonly act: SurfaceAct
}

/** What each policy of a chain does at each endpoint, with requests and answers, plain and streamed: from the data that the engine goes by. */
export function surfaceTable(config: Pick<Config, 'chain'>): readonly SurfaceCell[] {
  return compileChain(config).flatMap((compiled) =>
    shapes.flatMap((shape) =>
      [false, true]
        .filter((stream) => !stream || apiShapes[shape].streams)
        .flatMap((stream) =>
          directions.map((direction) => {
            const place = { shape, direction, stream }
            return { policy: compiled.kind, ...place, act: actAt(compiled, place) }
          }),
        ),
    ),
  )
}

const shapes = Object.keys(apiShapes) as readonly ApiShape[]
const directions: readonly Direction[] = ['request', 'response']

function actAt(
  compiled: CompiledPolicy,
  { shape, direction, stream }: Pick<SurfaceCell, 'shape' | 'direction' | 'stream'>,
): SurfaceAct {
  const { policy, idle, enforced } = compiled
  const reason = idle[direction]
  if (reason !== null) return `not_run(${reason})`
  if (policy.observes) return 'recorded'
  const isAnswer = direction === 'response'
  if (isAnswer && !apiShapes[shape].answersInText && !judgesAnswers(policy))
    return 'not_run(no_text)'
  if (!apiShapes[shape].hasTools && judgesToolsOnly(compiled, direction)) return 'not_run(no_tools)'
  if (!enforced) return 'monitored'
  return isAnswer && stream && gathersAnswers(compiled) ? 'buffered' : 'enforced'
}
