import type { Identity } from '../../engine/identity.ts'
import { matchesName } from '../name-pattern.ts'
import { namedTool } from '../plain-name.ts'
import type { PolicyCall, Refusal, ToolUse } from '../policy.ts'
import { definePolicy } from '../policy.ts'
import { findOptionProblems } from './option-problems.ts'
import type { FirewallOptions } from './options.ts'
import { schema } from './schema.ts'

/** Decides which tools an agent may use, and how often. */
export const agentFirewall = definePolicy<FirewallOptions>({
  kind: 'agent-firewall',
  summary: 'Says which tools an agent may use, for everybody or by role, and how often.',
  directions: ['request', 'response'],
  reasonCode: 'tool_not_allowed',
  schema,
  spellings: [
    ['allowed_tools', 'tools.allowed'],
    ['blocked_tools', 'tools.denied'],
    ['denied_tools', 'tools.denied'],
  ],
  check: findOptionProblems,
  create: (options) => ({
    judgeTool: (tool, call) => judgeName(tool, call, options) ?? judgeCount(tool, call, options),
  }),
})

interface Lists {
  readonly allowed: readonly string[]
  readonly denied: readonly string[]
}

function judgeName(
  { name }: ToolUse,
  { identity }: PolicyCall,
  { tools }: FirewallOptions,
): Refusal | null {
  const lists = listsFor(identity, tools)
  const holds = (pattern: string) => matchesName(pattern, name)
  const isAllowed = lists.some(({ allowed }) => allowed.some(holds))
  if (isAllowed && !lists.some(({ denied }) => denied.some(holds))) return null
  return { message: `This agent may not use ${namedTool(name)}` }
}

/** With roles those of the caller count, and nobody else has any tool. */
function listsFor({ roles = [] }: Identity, tools: FirewallOptions['tools']): readonly Lists[] {
  const byRole = new Map(Object.entries(tools.roles))
  return byRole.size === 0 ? [tools] : roles.flatMap((role) => byRole.get(role) ?? [])
}

/** A session is a conversation: its earlier calls stand in the request. */
function judgeCount(
  { use }: ToolUse,
  { tools }: PolicyCall,
  { max_actions_per_session: most }: FirewallOptions,
): Refusal | null {
  if (use !== 'earlier' && use !== 'called') return null
  const before = tools.filter((tool) => tool.use === 'earlier' || tool.use === 'called').length
  const actions = use === 'called' ? before + 1 : before
  if (actions <= most) return null
  return {
    reason: 'action_limit_reached',
    message: `This conversation may call tools ${most} times, and these are more calls`,
  }
}
