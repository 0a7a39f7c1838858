import type { Config } from '@keeptrusts/core'
import type { GatewayDeps } from './gateway-deps.ts'
import { loopback } from './identity/trusted-sources.ts'
import type { ListenAddress } from './listen.ts'
import { certificateWarnings } from './providers/credentials/certificate-warnings.ts'
import { configLine, lacksToken } from './providers/target-runtime.ts'

interface ListenPlaces {
  readonly listen: ListenAddress
  readonly adminListen?: ListenAddress
}

/** What starts all the same but deserves a look, one sentence each with what to do. */
export function startupWarnings(
  {
    targets,
    callbacks,
    engine,
    config,
    requiresKey,
    now,
  }: Pick<GatewayDeps, 'targets' | 'callbacks' | 'engine' | 'config' | 'requiresKey' | 'now'>,
  { listen: { host }, adminListen }: ListenPlaces,
): readonly string[] {
  const tokens = targets.filter(lacksToken).map((target) => {
    const { missing } = target.credentials
    return `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set: calls to target "${target.id}", ${configLine(target)}, get 401 target_token_missing unless it is an MLflow scoring server, which takes no token. Set it and restart the gateway.`
  })
  const open =
    isLocal(host) || requiresKey
      ? []
      : [
          `The gateway listens on ${host} without client authentication: whoever reaches it can call the models. Set access: {require_key: true} and make keys with kt gateway key create, or listen on 127.0.0.1.`,
        ]
  const admin =
    adminListen === undefined || isLocal(adminListen.host)
      ? []
      : [
          `Whoever reaches ${adminListen.host}:${adminListen.port} can read the metrics of this gateway without a token. Give --admin-listen an address of this machine, as in 127.0.0.1:41003, or one that only monitoring reaches.`,
        ]
  const certificates = certificateWarnings(
    targets.flatMap((target) => target.certificates),
    now(),
  )
  const gathered = engine.gathersResponses.map(
    (kind) =>
      `The policy "${kind}" must see an answer whole: streamed answers are gathered before any of their text goes out. Use mode: monitor or apply_to: input for it, or a policy that can scan a text in pieces.`,
  )
  return [
    ...unanchored(config),
    ...tokens,
    ...certificates,
    ...(callbacks?.warnings() ?? []),
    ...gathered,
    ...open,
    ...headersOnly(config, requiresKey),
    ...admin,
  ]
}

/** Who relies on headers must know from where they count (decision W9). */
function headersOnly({ chain, access }: Config, requiresKey: boolean): readonly string[] {
  if (requiresKey || !chain.some(({ kind }) => kind === 'rbac')) return []
  const from = access.trust_headers_from.join(', ') || 'nowhere'
  return [
    `rbac takes X-User-ID and X-User-Role from ${from} only (access.trust_headers_from); from elsewhere they count as missing. Give services keys with kt gateway key create to know them for certain.`,
  ]
}

function unanchored({ audit_store: { kind, anchors } }: Config): readonly string[] {
  if (kind === 'none' || anchors?.length !== 0) return []
  return [
    'The audit log is un-anchored (audit_store.anchors is empty): nobody could tell whether its end was cut off. Remove the empty list, or name a file on another machine.',
  ]
}

function isLocal(host: string): boolean {
  return host === 'localhost' || loopback.includes(host)
}
