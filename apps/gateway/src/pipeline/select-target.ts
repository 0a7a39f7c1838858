import type { Call } from '../call/call.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { TargetRuntime } from '../providers/target-runtime.ts'
import { configLine } from '../providers/target-runtime.ts'

interface Selection {
  readonly call: Call
  /** As the client asked. */
  readonly model: string | null
}

/**
 * The target that the client's `model` picks, by model name or target id; the first one when it names none
 * (decision W2). Throws `GatewayError` `model_not_found`.
 */
export async function selectTarget(
  { call, model }: Selection,
  { targets }: GatewayDeps,
): Promise<TargetRuntime> {
  const target = model === null ? targets[0] : find(targets, model)
  if (!target) throw notFound(targets)
  call.known.target = target
  return target
}

function find(targets: readonly TargetRuntime[], model: string): TargetRuntime | undefined {
  return targets.find((target) => target.model === model) ?? targets.find(({ id }) => id === model)
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
