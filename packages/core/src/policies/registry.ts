import type { Plugin } from '../plugins/plugin.ts'
import { agentFirewall } from './agent-firewall/agent-firewall.ts'
import { auditLogger } from './audit-logger/audit-logger.ts'
import { classificationMarks } from './dlp-filter/classification-marks.ts'
import { dlpFilter } from './dlp-filter/dlp-filter.ts'
import { patientIdentifiers } from './pii-detector/patient-identifiers.ts'
import { piiDetectorWith } from './pii-detector/pii-detector.ts'
import type { PolicyDefinition } from './policy.ts'
import { promptInjectionWith } from './prompt-injection/prompt-injection.ts'
import { rbacWith } from './rbac/rbac.ts'
import { toolValidation } from './tool-validation/tool-validation.ts'

/** What `rbac` finds data with: policies don't know each other. */
const dataFinders = { classificationMarks, patientIdentifiers }

/**
 * The built-in policies with what plug-ins add to them, and the plug-ins' own policies: for `loadConfig`.
 * Throws TypeError when two plug-ins have the same name for something, or a name is taken.
 */
export function policiesWith(plugins: readonly Plugin[]): readonly PolicyDefinition[] {
  const classifiers = plugins.flatMap((plugin) => plugin.classifiers ?? [])
  const recognizers = plugins.flatMap((plugin) => plugin.recognizers ?? [])
  const added = plugins.flatMap((plugin) => plugin.policies ?? [])
  const builtin = [
    agentFirewall,
    auditLogger,
    dlpFilter,
    piiDetectorWith(recognizers),
    promptInjectionWith(classifiers),
    rbacWith(dataFinders),
    toolValidation,
  ]
  refuseTwins('classifier', ['local', ...classifiers.map(({ name }) => name)])
  refuseTwins(
    'recogniser',
    recognizers.map(({ name }) => name),
  )
  refuseTwins(
    'policy',
    [...builtin, ...added].map(({ kind }) => kind),
  )
  return [...builtin, ...added]
}

/**
 * Every policy kind that comes with Keeptrusts, sorted by kind: the one place that knows them all.
 * Pass `[...builtinPolicies, mine]` to `loadConfig` to add your own.
 */
export const builtinPolicies: readonly PolicyDefinition[] = policiesWith([])

function refuseTwins(what: string, names: readonly string[]): void {
  const twin = names.find((name, index) => names.indexOf(name) !== index)
  if (twin !== undefined) throw new TypeError(`plug-ins: there are two of the ${what} "${twin}"`)
}
