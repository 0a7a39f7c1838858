import type { Party } from '../errors/party.ts'
import type { TargetRuntime } from './target-runtime.ts'
import { baseUrl, configLine } from './target-runtime.ts'

/** The model server of a target, for messages. */
export function partyOf(target: TargetRuntime): Party {
  const line = configLine(target)
  return {
    name: `the model server of target "${target.id}"`,
    url: new URL(baseUrl(target.target)),
    urlKey: 'base_url',
    line,
    tlsLine: line,
    tls: target.tls,
    hasOwnLimits: true,
  }
}
