import type { Identity } from '../../engine/identity.ts'
import { isPlainName, namedTool } from '../plain-name.ts'
import type { PolicyCall, Refusal, ToolUse } from '../policy.ts'
import type { RbacOptions } from './options.ts'
import type { RoleRules } from './role-rules.ts'
import type { Level } from './sensitivity.ts'
import { exceeds, levelNamed } from './sensitivity.ts'

type Headers = PolicyCall['headers']

/** Names how sensitive a request is, as its sender sees it. */
const classificationHeader = 'x-data-classification'

/** Why a caller may not call at all, or `null`: nobody known, no key or token, no role. */
export function judgeCaller(
  { identity, headers }: Pick<PolicyCall, 'identity' | 'headers'>,
  { require_auth: authIsRequired, deny_if_missing: needed }: RbacOptions,
  rules: RoleRules,
): Refusal | null {
  if (authIsRequired && !isAuthenticated(identity))
    return {
      reason: 'authentication_required',
      message: 'This call needs a gateway key or a token of the identity provider',
    }
  const missing = needed.find((header) => !isGiven(header, identity, headers))
  if (missing !== undefined) return missingHeader(missing)
  return rules.knows(identity) ? null : withoutRole(identity)
}

/** A library's caller vouches for whom it names; a gateway says how it knows. */
function isAuthenticated({ via, subject }: Identity): boolean {
  return via === undefined ? subject !== undefined : via !== 'header'
}

/** True for a header that stands for an identity, however that is known. */
export function isIdentityHeader(header: string): boolean {
  return ['x-user-id', 'x-user-role'].includes(header.toLowerCase())
}

function isGiven(header: string, { subject, roles }: Identity, headers: Headers): boolean {
  const name = header.toLowerCase()
  if (name === 'x-user-id') return subject !== undefined
  if (name === 'x-user-role') return roles !== undefined && roles.length > 0
  return (headers[name] ?? '').trim() !== ''
}

function missingHeader(header: string): Refusal {
  const says = { 'x-user-id': 'who makes it', 'x-user-role': 'in which role it is made' }
  const name = header.toLowerCase()
  return name === 'x-user-id' || name === 'x-user-role'
    ? {
        reason: 'identity_missing',
        message: `The call does not say ${says[name]}: use a gateway key or a token, or send ${header} from a trusted address`,
      }
    : { reason: 'header_missing', message: `The call has no header ${header}` }
}

function withoutRole({ roles = [] }: Identity): Refusal {
  const named = roles.filter(isPlainName)
  return {
    reason: 'role_missing',
    message:
      named.length === 0
        ? 'The caller has no role that may call here'
        : `None of the caller's roles may call here (${named.join(', ')})`,
  }
}

/** Why a caller may not ask for the model of a call, or `null`. */
export function judgeModel(
  { identity, model }: Pick<PolicyCall, 'identity' | 'model'>,
  rules: RoleRules,
): Refusal | null {
  if (rules.allowsModel(model, identity)) return null
  return {
    reason: 'model_not_allowed',
    message: `${subjectOf(identity)} may not use ${model !== null && isPlainName(model) ? `the model ${model}` : 'this model'}`,
  }
}

/** Why a caller may not use a tool, or `null`. */
export function judgeTool(
  { name }: Pick<ToolUse, 'name'>,
  { identity }: Pick<PolicyCall, 'identity'>,
  rules: RoleRules,
): Refusal | null {
  if (rules.allowsTool(name, identity)) return null
  return {
    reason: 'tool_not_allowed',
    message: `${subjectOf(identity)} may not use ${namedTool(name)}`,
  }
}

/** Why a request is more sensitive than the caller's data may be, by what its header says, or `null`. */
export function judgeClassification(headers: Headers, ceiling: Level): Refusal | null {
  const given = headers[classificationHeader]?.trim() ?? ''
  if (given === '') return null
  const level = levelNamed(given)
  if (level === null)
    return {
      reason: 'data_classification_unknown',
      message: 'X-Data-Classification must be public, internal, confidential or restricted',
    }
  if (!exceeds(level, ceiling)) return null
  return {
    reason: 'data_access_denied',
    message: `The request is classified as ${level}, and the caller may use data up to ${ceiling}`,
  }
}

function subjectOf({ roles = [] }: Identity): string {
  const named = roles.filter(isPlainName)
  if (named.length === 0) return 'A caller without a role'
  return named.length === 1 ? `The role ${named[0]}` : `The roles ${named.join(', ')}`
}
