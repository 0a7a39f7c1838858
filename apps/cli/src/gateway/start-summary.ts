import { join } from 'node:path'
import type { ChainPolicy, Config, Target } from '@keeptrusts/core'
import type { Fact } from '../output/format-facts.ts'
import { formatFacts } from '../output/format-facts.ts'
import { sanitize } from '../output/sanitize.ts'
import type { Style } from '../output/style.ts'

export interface Started {
  readonly version: string
  readonly url: string
  /** Where monitoring asks, or `null`. */
  readonly adminUrl: string | null
  /** The day on which the certificate ends; `null` without TLS. */
  readonly tlsUntil: string | null
  readonly config: Config
  readonly dataDir: string
  readonly configDir: string
  /** True when the data folder came from `--data-dir`, which other commands then need too. */
  readonly dataDirGiven: boolean
  /** How `kt` was run: `npx kt` in a clone. */
  readonly command: string
  readonly failMode: 'block' | 'allow'
  /** Sentences of the gateway, each with what to do. */
  readonly warnings: readonly string[]
  /** Verifier key of a log that this start made, or `null`. */
  readonly newLogKey: string | null
}

/** What a person needs to know when the gateway is up, with what they may not have wanted as warnings. Ends with a line break. */
export function startSummary(started: Started, style: Style): string {
  const { config } = started
  const facts: Fact[] = [
    ['Config', `${config.pack.name} ${config.pack.version} from ${config.files.join(', ')}`],
    ['Chain', config.chain.map(chainEntry).join(' -> ') || 'empty: nothing is checked'],
    ...config.targets.map((target): Fact => ['Target', targetLine(target)]),
    ...config.callbacks.map(({ tracking_uri, experiment }): Fact => {
      return ['Reports', `to MLflow at ${tracking_uri}, experiment ${experiment}`]
    }),
    [
      'TLS',
      started.tlsUntil &&
        `certificate until ${started.tlsUntil}, renewed files are taken by themselves`,
    ],
    ['Metrics', started.adminUrl && `${started.adminUrl}/metrics`],
    ['Log', logFile(started) ?? 'none (audit_store.kind: none)'],
    [
      'Keys',
      started.newLogKey &&
        `${join(started.configDir, 'keys')} (new; back them up, the log cannot be used without)`,
    ],
    [
      'Public',
      started.newLogKey && `${started.newLogKey} (public key of the log; note it elsewhere)`,
    ],
    ['Try', `${started.command} events list --limit 5${elsewhere(started)}`],
  ]
  return [
    style.bold(`Keeptrusts gateway ${started.version} on ${started.url}`),
    ...formatFacts(facts),
    ...warningsOf(started).map((text) => `  ${style.warn('warning')}: ${sanitize(text)}`),
    '',
  ].join('\n')
}

function chainEntry({ kind, mode }: ChainPolicy): string {
  return mode === 'monitor' ? `${kind} (monitor)` : kind
}

function targetLine(target: Target): string {
  const place =
    target.base_url ?? "https://api.openai.com/v1 (no base_url: the provider's public address)"
  return `${target.id}: ${target.provider}:${target.mode}:${target.model} at ${place}`
}

/** What finds a log that is not where `kt` looks by itself. */
function elsewhere({ config, dataDir, dataDirGiven }: Started): string {
  const folder = config.audit_store.path ?? (dataDirGiven ? dataDir : undefined)
  return folder === undefined ? '' : ` --data-dir ${folder}`
}

function logFile({ config, dataDir }: Started): string | null {
  const { kind, path } = config.audit_store
  return kind === 'none' ? null : join(path ?? join(dataDir, 'audit'), 'audit.db')
}

function warningsOf({ config, warnings, failMode }: Started): string[] {
  const issues = config.warnings.map(({ position, code, message }) => {
    return `${position.file}:${position.line}:${position.column} [${code}] ${message}`
  })
  const open =
    'With --fail-mode allow a policy that breaks lets its call pass; the log counts these.'
  return [...issues, ...warnings, ...(failMode === 'allow' ? [open] : [])]
}
