import type { Config } from '../config/config.ts'
import type { Direction } from '../message/segment.ts'
import type { Policy, PolicyDefinition, Secrets } from '../policies/policy.ts'
import type { Identity } from './identity.ts'

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
  return config.chain.map(({ kind, definition, options, mode, apply_to }) => {
    const policy = definition.create(options, secrets)
    const withoutAnswers = mayActOnAnswers(policy) ? null : 'request_only'
    return {
      kind,
      reasonCode: definition.reasonCode,
      policy,
      enforced: mode === 'enforce',
      idle: {
        request: idleReason(definition, 'request', apply_to === 'output'),
        response: idleReason(definition, 'response', apply_to === 'input') ?? withoutAnswers,
      },
    }
  })
}

/** False for a policy whose options leave it nothing to say about answers: they then pass as if it were not there. */
function mayActOnAnswers(policy: Policy): boolean {
  const { inspect, scan, restore, judgeTool, observes } = policy
  return judgesAnswers(policy) || [inspect, scan, restore, judgeTool, observes].some(Boolean)
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

/** The chain of one call of `caller`: policies that remember get a memory of their own. */
export function bindChain(
  chain: readonly CompiledPolicy[],
  caller: Identity,
): readonly CompiledPolicy[] {
  if (!chain.some(({ policy }) => policy.forCall)) return chain
  return chain.map((compiled) => {
    const policy = compiled.policy.forCall?.(caller)
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
  return judgesAnswers(policy) || (policy.inspect !== undefined && policy.scan === undefined)
}

/** True for a policy that has nothing to look at but tools, on requests or on answers. */
export function judgesToolsOnly({ policy }: CompiledPolicy, direction: Direction): boolean {
  const { judgeTool, judge, inspect, scan, restore } = policy
  if (judgeTool === undefined || inspect !== undefined || scan !== undefined) return false
  return direction === 'request'
    ? judge === undefined
    : restore === undefined && !judgesAnswers(policy)
}

/** True for a policy that judges answers as a whole. */
export function judgesAnswers({ judge, judgesRequestsOnly }: Policy): boolean {
  return judge !== undefined && judgesRequestsOnly !== true
}
