import type { Identity } from '@keeptrusts/core'
import type { Call } from '../call/call.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import { usableTargets } from '../identity/usable-models.ts'
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
 * `model_not_found`.
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
  return config.strategy === 'single' ? [first] : found
}

function notFound(targets: readonly TargetRuntime[]): GatewayError {
  const models = [...new Set(targets.map((target) => target.model))]
  const [first] = targets
  return new GatewayError('model_not_found', {
    message: `No target serves the model that the request asks for. Models here: ${models.join(', ') || 'none'}.`,
    suggestion: first
      ? `Ask for one of these, or write the model's name into ${configLine(first, '.provider')}, now ${first.provider}:${first.target.mode}:${first.model}.`
      : 'Add a target under providers.targets.',
    param: 'model',
  })
}
