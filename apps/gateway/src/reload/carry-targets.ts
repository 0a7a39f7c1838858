import type { Target } from '@keeptrusts/core'
import type { TargetRuntime } from '../providers/target-runtime.ts'
import type { TlsMaterial } from '../transport/tls-material.ts'

/**
 * The targets of a new configuration with what is known of them: a target whose settings and certificates are the same keeps its
 * circuit, its kind of server, its connections and its token. Only where it stands in the file may have changed.
 */
export function carryTargets(
  made: readonly TargetRuntime[],
  before: readonly TargetRuntime[],
): readonly TargetRuntime[] {
  return made.map((target) => {
    const known = before.find((other) => isSame(target, other))
    return known === undefined ? target : carried(target, known)
  })
}

function carried(target: TargetRuntime, known: TargetRuntime): TargetRuntime {
  const { learned, circuit, health, tls } = known
  return {
    ...target,
    // The same object: connections belong to it.
    tls,
    // Its errors name the place of the target, which must be the place it has now.
    credentials: hasPlaceOf(target, known) ? known.credentials : target.credentials,
    learned,
    circuit,
    health,
  }
}

function isSame(left: TargetRuntime, right: TargetRuntime): boolean {
  return settingsOf(left.target) === settingsOf(right.target) && isSameTls(left.tls, right.tls)
}

function settingsOf({ position: _, ...settings }: Target): string {
  return JSON.stringify(settings)
}

/** Files may have changed under the same names. */
export function isSameTls(left: TlsMaterial | undefined, right: TlsMaterial | undefined): boolean {
  return left?.ca === right?.ca && left?.cert === right?.cert && left?.key === right?.key
}

function hasPlaceOf(left: TargetRuntime, right: TargetRuntime): boolean {
  const [{ position: here }, { position: there }] = [left.target, right.target]
  return left.path === right.path && here.file === there.file && here.line === there.line
}
