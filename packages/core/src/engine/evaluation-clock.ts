import type { Direction } from '../message/segment.ts'
import type { EngineParts } from './engine-parts.ts'
import type { Pacer } from './pacer.ts'

/** Starts to measure one evaluation; call what it returns when the evaluation is over. Does nothing when nobody is told. */
export function startEvaluationClock(
  { onEvaluated }: Pick<EngineParts, 'onEvaluated'>,
  direction: Direction,
): (pacer: Pacer) => void {
  if (onEvaluated === undefined) return unobserved
  const started = performance.now()
  return ({ away, waited }) => {
    const own = performance.now() - started - away
    onEvaluated({ direction, duration_us: toMicroseconds(own), waited_us: toMicroseconds(waited) })
  }
}

function unobserved(): void {}

function toMicroseconds(ms: number): number {
  return Math.max(0, Math.round(ms * 1000))
}
