import type { Identity } from '../../engine/identity.ts'
import type { Match, Policy } from '../policy.ts'
import type { RbacOptions } from './options.ts'
import type { Level } from './sensitivity.ts'
import { exceeds, highest, levelOf } from './sensitivity.ts'
import type { TextLimit } from './text-limits.ts'

/** What finds the data that callers may be kept from; each is a policy of its own, made when it is needed. */
export interface DataFinders {
  /** Finds classification marks; their rules are the ids of `dlp-filter`. */
  classificationMarks(): Policy
  /** Finds numbers of patients. */
  patientIdentifiers(): Policy
}

/** Reason codes of the rules below. */
export const dataReasons = {
  'data-above-ceiling': 'data_access_denied',
  'patient-identifier': 'phi_access_denied',
} as const

/** Which data callers may use, for compiled options. */
export class DataLimits {
  readonly #ceilings: ReadonlyMap<string, Level>
  readonly #phiRoles: ReadonlySet<string>
  readonly #marks: Policy | null
  readonly #patients: Policy | null

  constructor({ data_access: access, minimum_necessary: phi }: RbacOptions, finders: DataFinders) {
    const ceilings = Object.entries(access).map(
      ([role, { max_sensitivity: most }]) => [role, most] as const,
    )
    this.#ceilings = new Map(ceilings)
    this.#phiRoles = new Set(phi.allowed_phi_roles)
    this.#marks = ceilings.length > 0 ? finders.classificationMarks() : null
    this.#patients = phi.enabled ? finders.patientIdentifiers() : null
  }

  /** True when texts need not be looked at for anybody. */
  get isEmpty(): boolean {
    return this.#marks === null && this.#patients === null
  }

  /** The most sensitive data that a caller may use: of several roles the one that may most counts. */
  ceilingOf({ roles = [] }: Identity): Level {
    if (this.#ceilings.size === 0) return 'restricted'
    return highest(roles.flatMap((role) => this.#ceilings.get(role) ?? []))
  }

  /** What may not stand in the texts of a caller. */
  for(caller: Identity): readonly TextLimit[] {
    const ceiling = this.ceilingOf(caller)
    const mayUsePhi = (caller.roles ?? []).some((role) => this.#phiRoles.has(role))
    const marks = this.#marks === null ? [] : [{ finder: this.#marks, refuse: above(ceiling) }]
    if (this.#patients === null || mayUsePhi) return marks
    return [...marks, { finder: this.#patients, refuse: patient }]
  }
}

function above(ceiling: Level): TextLimit['refuse'] {
  return ({ start, end, score, rule, type }) =>
    exceeds(levelOf(rule), ceiling)
      ? { rule: 'data-above-ceiling', type, start, end, score, action: 'block' }
      : null
}

function patient({ start, end, score, type }: Match): Match {
  return { rule: 'patient-identifier', type, start, end, score, action: 'block' }
}
