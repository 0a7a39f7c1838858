import type { Engine, Identity } from '@keeptrusts/core'

interface Served {
  readonly model: string
}

/** The targets whose model a caller may use: by what the caller's key is limited to, and by what the policies say. */
export function usableTargets<Target extends Served>(
  targets: readonly Target[],
  caller: Identity,
  engine: Pick<Engine, 'allowsModel'>,
): readonly Target[] {
  return targets.filter(
    ({ model }) => (caller.models?.includes(model) ?? true) && engine.allowsModel(model, caller),
  )
}
