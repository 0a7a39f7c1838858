import type { Config } from '../config/config.ts'
import type { Direction } from '../message/segment.ts'
import type { Policy, PolicyDefinition } from '../policies/policy.ts'

/** One policy of a chain, compiled. */
export interface CompiledPolicy {
  readonly kind: string
  readonly reasonCode: string
  readonly policy: Policy
  readonly enforced: boolean
  /** Why it does not act in a direction; `null` when it does. */
  readonly idle: Readonly<Record<Direction, string | null>>
}

/** Compiles every policy of a configuration once, in chain order. */
export function compileChain(config: Pick<Config, 'chain'>): readonly CompiledPolicy[] {
  return config.chain.map(({ kind, definition, options, mode, apply_to }) => ({
    kind,
    reasonCode: definition.reasonCode,
    policy: definition.create(options),
    enforced: mode === 'enforce',
    idle: {
      request: idleReason(definition, 'request', apply_to === 'output'),
      response: idleReason(definition, 'response', apply_to === 'input'),
    },
  }))
}

function idleReason(
  { directions }: PolicyDefinition,
  direction: Direction,
  switchedOff: boolean,
): string | null {
  if (!directions.includes(direction))
    return direction === 'request' ? 'response_only' : 'request_only'
  return switchedOff ? 'apply_to' : null
}
