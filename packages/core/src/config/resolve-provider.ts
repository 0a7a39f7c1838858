import type { ConfigIssue } from './config.ts'
import type { MapNode, ScalarNode } from './config-node.ts'
import { quoteText } from './describe-value.ts'
import { findPlaceholder } from './find-placeholder.ts'
import { issueAt, issueAtKey, issueAtValue } from './issue-at.ts'
import type { KnownProvider, ProviderString } from './provider-string.ts'
import { knownProviders, laterProviders, parseProviderString } from './provider-string.ts'
import { didYouMean } from './suggest.ts'

/** A provider that exists, with the mode and model of one target. */
export interface ResolvedProvider {
  readonly provider: string
  readonly mode: string
  readonly model: string
  readonly known: KnownProvider
}

/** Reads `provider` and `model` of a target. Reports what is wrong and returns `null` then. */
export function resolveProvider(target: MapNode, issues: ConfigIssue[]): ResolvedProvider | null {
  const node = target.entries.get('provider')
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return null
  const parts = parseProviderString(node.value)
  const known = Object.hasOwn(knownProviders, parts.provider)
    ? knownProviders[parts.provider]
    : undefined
  if (known === undefined) {
    issues.push(unknownProvider(node, parts))
    return null
  }
  const mode = parts.mode ?? 'chat'
  if (!Object.hasOwn(known.modes, mode)) {
    issues.push(unknownMode(node, mode, { parts, known }))
    return null
  }
  const model = resolveModel(target, { node, parts }, issues)
  return model === null ? null : { provider: parts.provider, mode, model, known }
}

function unknownProvider(node: ScalarNode, { provider }: ProviderString): ConfigIssue {
  const later = Object.hasOwn(laterProviders, provider) ? laterProviders[provider] : undefined
  if (later !== undefined) {
    return issueAtValue(node, {
      code: 'E011',
      message: `Provider "${provider}" is known, not available in this version`,
      suggestion: later,
    })
  }
  const names = Object.keys(knownProviders)
  const hint = didYouMean(provider, [...names, ...Object.keys(laterProviders)])
  return issueAtValue(node, {
    code: 'E014',
    message: `${quoteText(provider)} is not a provider, expected one of ${names.join(', ')}`,
    suggestion: hint ?? 'Write <provider>:<mode>:<model>, as in openai:chat:my-mlflow-model',
  })
}

interface Provider {
  readonly parts: ProviderString
  readonly known: KnownProvider
}

function unknownMode(node: ScalarNode, mode: string, { parts, known }: Provider): ConfigIssue {
  const modes = Object.keys(known.modes)
  const expected = modes.map((name) => `${parts.provider}:${name}:<model>`).join(' or ')
  if (known.laterModes.includes(mode)) {
    return issueAtValue(node, {
      code: 'E011',
      message: `Mode "${mode}" of provider "${parts.provider}" is known, not available in this version`,
      suggestion: `Write ${expected} for a chat model`,
    })
  }
  return issueAtValue(node, {
    code: 'E014',
    message: `${quoteText(mode)} is not a mode of provider "${parts.provider}", expected ${expected}`,
    suggestion: didYouMean(mode, [...modes, ...known.laterModes]),
  })
}

interface ProviderNode {
  readonly node: ScalarNode
  readonly parts: ProviderString
}

function resolveModel(
  target: MapNode,
  { node, parts }: ProviderNode,
  issues: ConfigIssue[],
): string | null {
  const key = target.entries.get('model')
  const named = key?.kind === 'scalar' && typeof key.value === 'string' ? key : null
  const problem = modelProblem(target, { node, parts }, named)
  if (problem === null) return parts.model || String(named?.value)
  issues.push(problem)
  return null
}

function modelProblem(
  target: MapNode,
  { node, parts }: ProviderNode,
  named: ScalarNode | null,
): ConfigIssue | null {
  if (!parts.model && named === null) return noModel(target, parts)
  if (parts.model && named !== null && parts.model !== named.value) return twoModels(named, parts)
  return strangeModel(parts.model ? node : (named ?? node), parts.model || String(named?.value))
}

function noModel(target: MapNode, { provider }: ProviderString): ConfigIssue {
  return issueAtKey(target.entries.get('provider') ?? target, {
    code: 'E015',
    message: `Provider "${provider}" is named without a model`,
    suggestion: `Write provider: ${provider}:chat:<model>, or add model: <model>`,
  })
}

function twoModels(named: ScalarNode, { model }: ProviderString): ConfigIssue {
  return issueAtValue(named, {
    code: 'E012',
    message: `${quoteText(String(named.value))} differs from the model ${quoteText(model ?? '')} in the provider line`,
    suggestion: 'Remove this line, or name the model here only',
  })
}

function strangeModel(node: ScalarNode, model: string): ConfigIssue | null {
  const placeholder = findPlaceholder(node)
  if (placeholder !== null) {
    return issueAt(node.path, placeholder.position, {
      code: 'E017',
      message: `The placeholder ${placeholder.text} is still in the name of the model`,
      suggestion:
        'Write the name under which the server serves the model; variables are not expanded here',
    })
  }
  // Matches white space at an end and control characters anywhere; not spaces inside a name.
  if (!/^\s|\s$|\p{Cc}/u.test(model)) return null
  return issueAtValue(node, {
    code: 'E014',
    message: 'The name of the model has white space around it or control characters in it',
    suggestion: 'Remove them',
  })
}
