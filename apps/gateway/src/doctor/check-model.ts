import type { Json } from '../json/parse-json.ts'
import { isRecord } from '../json/parse-json.ts'
import { callUrl } from '../providers/call-url.ts'
import { configLine } from '../providers/target-runtime.ts'
import { gatherBody } from '../transport/gather-body.ts'
import type { Verdict } from './finding.ts'
import { failed, ok, skipped } from './finding.ts'
import type { TargetCheck } from './target-check.ts'
import { chatEndpoint } from './target-check.ts'

/** Where a kind of server lists its chat models for nothing, and how to read the list. */
interface Catalogue {
  readonly url: (check: TargetCheck) => URL | null
  readonly names: (list: unknown) => readonly string[]
}

const catalogues: Readonly<Record<string, Catalogue>> = {
  tracking: {
    url: (check) => {
      const url = new URL(callUrl({ target: check.target, endpoint: chatEndpoint }, 'tracking'))
      if (!url.pathname.endsWith('/gateway/mlflow/v1/chat/completions')) return null
      url.pathname = url.pathname.replace(/chat\/completions$/, 'models')
      return url
    },
    names: (list) =>
      recordsIn(list, 'data')
        .map(({ id }) => id)
        .filter(isText),
  },
  gateway: {
    url: ({ place }) => new URL('/api/2.0/endpoints/', place.url.origin),
    names: (list) =>
      recordsIn(list, 'endpoints')
        .filter((endpoint) => endpoint['endpoint_type'] === 'llm/v1/chat')
        .map((endpoint) => endpoint['name'])
        .filter(isText),
  },
}

const limitMs = 3000

/** Whether the server has the target's model, as far as it says so without a call. */
export async function checkModel(check: TargetCheck): Promise<Verdict> {
  const { target, kind } = check
  if (kind === 'scoring' || kind === 'agent')
    return ok('one-model', 'The server has one model and is asked for it without a name.')
  const names = await listNames(check)
  if (names === null)
    return skipped(
      'model-not-asked',
      `Only a call shows whether the server has the model "${target.model}".`,
      'Use kt doctor --call, which sends it two calls of one token.',
    )
  if (names.includes(target.model)) return ok('model-found', `It has the model "${target.model}".`)
  const shown = names.slice(0, 10).join(', ')
  return failed(
    'model-not-found',
    `The server has no chat endpoint "${target.model}". Endpoints there: ${shown || 'none'}${names.length > 10 ? ', …' : ''}.`,
    names.length === 0
      ? 'Make an endpoint on the server.'
      : `Write one of these as the last part of ${configLine(target, '.provider')}.`,
  )
}

/** `null` when the server has no list, or does not give it. */
async function listNames(check: TargetCheck): Promise<readonly string[] | null> {
  const { target, deadline, transport, kind } = check
  const catalogue = catalogues[kind]
  const url = catalogue?.url(check) ?? null
  if (!catalogue || url === null) return null
  try {
    return await deadline.step(limitMs, async (cancellation) => {
      const signIn = await target.credentials.header(cancellation)
      const response = await transport.send({
        method: 'GET',
        url,
        headers: {
          accept: 'application/json',
          'accept-encoding': 'identity',
          'user-agent': 'keeptrusts-gateway',
          ...(signIn && { [signIn[0]]: signIn[1] }),
        },
        body: null,
        timeouts: target.target.timeouts,
        tls: target.tls,
        maxBodyBytes: 1024 * 1024,
        cancellation,
      })
      const body = await gatherBody(response.body)
      return response.status === 200 ? catalogue.names(JSON.parse(body.toString('utf8'))) : null
    })
  } catch {
    return null
  }
}

function recordsIn(list: unknown, key: string): readonly Json[] {
  const items = isRecord(list) ? list[key] : null
  return Array.isArray(items) ? items.filter(isRecord) : []
}

/** Names of endpoints are short and plain; anything else is not repeated. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.:/@ -]{1,100}$/.test(value)
}
