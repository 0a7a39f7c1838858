import type { Config } from '../config/config.ts'
import type { Direction } from '../message/segment.ts'
import type { Policy, PolicyDefinition, Secrets } from '../policies/policy.ts'

/** One policy of a chain, compiled. */
export interface CompiledPolicy {
  readonly kind: string
  readonly reasonCode: string
  readonly policy: Policy
  readonly enforced: boolean
  /** Why it does not act in a direction; `null` when it does. */
  readonly idle: Readonly<Record<Direction, string | null>>
}

/** Compiles every policy of a configuration once, in chain order. Without `secrets` those that need some fail when they are asked. */
export function compileChain(
  config: Pick<Config, 'chain'>,
  secrets?: Secrets,
): readonly CompiledPolicy[] {
  return config.chain.map(({ kind, definition, options, mode, apply_to }) => ({
    kind,
    reasonCode: definition.reasonCode,
    policy: definition.create(options, secrets),
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

/** The chain of one call: policies that remember get a memory of their own. */
export function bindChain(chain: readonly CompiledPolicy[]): readonly CompiledPolicy[] {
  if (!chain.some(({ policy }) => policy.forCall)) return chain
  return chain.map((compiled) => {
    const policy = compiled.policy.forCall?.()
    return policy === undefined ? compiled : { ...compiled, policy }
  })
}

/** True for a policy that has something to say about answers. */
export function looksAtAnswers({ idle, policy }: CompiledPolicy): boolean {
  return idle.response === null && !policy.observes
}

/** True for a policy that must see an answer whole, so that a stream is gathered first. */
export function gathersAnswers(compiled: CompiledPolicy): boolean {
  const { policy } = compiled
  if (!looksAtAnswers(compiled)) return false
  return policy.judge !== undefined || (policy.inspect !== undefined && policy.scan === undefined)
}
