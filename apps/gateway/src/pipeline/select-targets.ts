import type { Identity } from '@keeptrusts/core'
import type { Call } from '../call/call.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import { keyCovers, usableTargets } from '../identity/usable-models.ts'
import type { TargetRuntime } from '../providers/target-runtime.ts'
import { configLine } from '../providers/target-runtime.ts'

interface Selection {
  readonly call: Call
  readonly identity: Identity
  /** As the client asked. */
  readonly model: string | null
}

/**
 * The targets that the client's `model` picks (decision W2), in the order of the file: all that serve a model of that
 * name, else the one with that id alone. Without a name the first target's model is meant. Throws `GatewayError`
 * `model_not_found`, and `model_not_allowed` for one that the caller's key does not cover.
 */
export async function selectTargets(
  { call, identity, model }: Selection,
  { targets, config, engine }: GatewayDeps,
): Promise<readonly TargetRuntime[]> {
  const wanted = model ?? targets[0]?.model
  const serving = targets.filter((target) => target.model === wanted)
  const found = serving.length > 0 ? serving : targets.filter(({ id }) => id === wanted)
  const [first] = found
  if (!first) throw notFound(usableTargets(targets, identity, engine))
  call.known.target = first
  if (!keyCovers(identity, first.model)) throw notAllowed(usableTargets(targets, identity, engine))
  return config.strategy === 'single' ? [first] : found
}

function notFound(targets: readonly TargetRuntime[]): GatewayError {
  const [first] = targets
  return new GatewayError('model_not_found', {
    message: `No target serves the model that the request asks for. Models here: ${namesOf(targets)}.`,
    suggestion: first
      ? `Ask for one of these, or write the model's name into ${configLine(first, '.provider')}, now ${first.provider}:${first.target.mode}:${first.model}.`
      : 'Add a target under providers.targets.',
    param: 'model',
  })
}

function notAllowed(usable: readonly TargetRuntime[]): GatewayError {
  return new GatewayError('model_not_allowed', {
    message: `The key of this call is not for the model it asks for. Models of the key: ${namesOf(usable)}.`,
    param: 'model',
  })
}

function namesOf(targets: readonly TargetRuntime[]): string {
  return [...new Set(targets.map(({ model }) => model))].join(', ') || 'none'
}
