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
    now,
  }: Pick<GatewayDeps, 'targets' | 'callbacks' | 'engine' | 'now'>,
  { listen: { host }, adminListen }: ListenPlaces,
): readonly string[] {
  const tokens = targets.filter(lacksToken).map((target) => {
    const { missing } = target.credentials
    return `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set: calls to target "${target.id}", ${configLine(target)}, get 401 target_token_missing unless it is an MLflow scoring server, which takes no token. Set it and restart the gateway.`
  })
  const open = isLocal(host)
    ? []
    : [
        `The gateway listens on ${host} without client authentication: whoever reaches it can call the models. Listen on 127.0.0.1 or put a proxy that authenticates in front.`,
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
    ...tokens,
    ...certificates,
    ...(callbacks?.warnings() ?? []),
    ...gathered,
    ...open,
    ...admin,
  ]
}

function isLocal(host: string): boolean {
  return host === 'localhost' || loopback.includes(host)
}
