import type { Identity } from '../../engine/identity.ts'
import type { Policy } from '../policy.ts'
import { definePolicy } from '../policy.ts'
import type { DataFinders } from './data-limits.ts'
import { DataLimits, dataReasons } from './data-limits.ts'
import {
  isIdentityHeader,
  judgeCaller,
  judgeClassification,
  judgeModel,
  judgeTool,
} from './judge-caller.ts'
import { findOptionProblems } from './option-problems.ts'
import type { RbacOptions } from './options.ts'
import { RoleRules } from './role-rules.ts'
import { schema } from './schema.ts'
import { looksFor } from './text-limits.ts'

/** Decides by who calls: whether at all, with which models and tools, and about which data; `finders` find the data. */
export const rbacWith = (finders: DataFinders) =>
  definePolicy<RbacOptions>({
    kind: 'rbac',
    summary: 'Says who may call, with which models and tools, and about which data.',
    directions: ['request', 'response'],
    reasonCode: 'access_denied',
    schema,
    check: findOptionProblems,
    create: (options) => create(options, finders),
  })

function create(options: RbacOptions, finders: DataFinders): Policy {
  const rules = new RoleRules(options.roles)
  const limits = new DataLimits(options, finders)
  const ofCaller = { ...options, deny_if_missing: options.deny_if_missing.filter(isIdentityHeader) }
  const judging: Policy = {
    judge: (call) =>
      judgeCaller(call, options, rules) ??
      judgeModel(call, rules) ??
      judgeClassification(call.headers, limits.ceilingOf(call.identity)),
    judgesRequestsOnly: true,
    allowsModel: (model, identity) =>
      judgeCaller({ identity, headers: {} }, ofCaller, rules) === null &&
      rules.allowsModel(model, identity),
    // Without rules for tools answers need not be looked at.
    ...(rules.limitsTools && { judgeTool: (tool, call) => judgeTool(tool, call, rules) }),
  }
  if (limits.isEmpty) return judging
  const forCall = (caller: Identity): Policy => ({
    ...judging,
    ...looksFor(limits.for(caller)),
    readsKeys: true,
    reasons: dataReasons,
    blockMessage: "The text holds data that the caller's roles may not use",
  })
  return { ...forCall({}), forCall }
}
