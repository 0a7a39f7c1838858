import type { Engine, Identity } from '@keeptrusts/core'

interface Served {
  readonly model: string
}

/** Whether the key of a caller covers a model: by its name, or by a name that ends in `*`. */
export function keyCovers({ models }: Identity, model: string): boolean {
  return (
    models === undefined ||
    models.some((name) =>
      name.endsWith('*') ? model.startsWith(name.slice(0, -1)) : name === model,
    )
  )
}

/** The targets whose model a caller may use: by what the caller's key is limited to, and by what the policies say. */
export function usableTargets<Target extends Served>(
  targets: readonly Target[],
  caller: Identity,
  engine: Pick<Engine, 'allowsModel'>,
): readonly Target[] {
  return targets.filter(
    ({ model }) => keyCovers(caller, model) && engine.allowsModel(model, caller),
  )
}
