import type { ServerKind } from '../providers/mlflow/probe-server.ts'
import { configLine, lacksToken } from '../providers/target-runtime.ts'
import { signInVariables } from '../providers/upstream-refusal.ts'
import { howSent } from './check-token.ts'
import type { EmptyAnswer } from './empty-request.ts'
import type { Verdict } from './finding.ts'
import { failed, ok, skipped, warning } from './finding.ts'
import { rightBaseUrl, shownAddress } from './right-base-url.ts'
import type { TargetCheck } from './target-check.ts'

type Judge = (answer: EmptyAnswer, check: TargetCheck) => Verdict

interface Row {
  readonly when: (answer: EmptyAnswer, kind: ServerKind) => boolean
  readonly judge: Judge
}

/** Statuses with which servers refuse a request that holds nothing. */
const refusalsOfNothing = new Set([400, 411, 413, 415, 422])

/** The meaning of an answer to a request without a body; the first row that fits counts. */
const rows: readonly Row[] = [
  { when: ({ error }) => error.hostRefused, judge: hostRefused },
  { when: ({ status }) => status >= 300 && status < 400, judge: redirected },
  { when: ({ status }) => status === 401 || status === 403, judge: tokenRefused },
  { when: ({ error }) => error.unknownModel || error.code !== null, judge: pathRight },
  { when: ({ error }) => error.routerNotFound, judge: wrongPath },
  { when: ({ isHtml, status }) => isHtml && status < 500, judge: webPage },
  { when: ({ status }) => status === 404 || status === 405, judge: wrongPath },
  { when: ({ status }) => status === 429, judge: rateLimited },
  { when: ({ status }) => refusalsOfNothing.has(status), judge: pathRight },
  // Releases of `mlflow gateway start` answer a bare 500 where others explain themselves.
  { when: ({ status }, kind) => status === 500 && kind === 'gateway', judge: pathRight },
  { when: ({ status }) => status >= 500, judge: serverFailed },
]

/** Whether the gateway's calls would get through: path, host name and credentials, told apart by the refusal. */
export const judgeEmptyAnswer: Judge = (answer, check) => {
  const row = rows.find(({ when }) => when(answer, check.kind))
  return row ? row.judge(answer, check) : unexpected(answer, check)
}

function pathRight({ url }: EmptyAnswer, { target }: TargetCheck): Verdict {
  const accepted = howSent(target) && !lacksToken(target) ? ', and the token was not refused' : ''
  return ok('path-right', `The server takes calls at ${shownAddress(url)}${accepted}.`)
}

function hostRefused(_: EmptyAnswer, { target }: TargetCheck): Verdict {
  return failed(
    'host-refused',
    `The MLflow server refuses calls that name it ${target.host}, though its /health is green.`,
    `Start it with --allowed-hosts ${target.host}, or write its address into base_url of ${configLine(target)}.`,
  )
}

function redirected({ location, url, status }: EmptyAnswer, { target }: TargetCheck): Verdict {
  const final =
    location !== null && URL.canParse(location, url.href) ? new URL(location, url) : null
  if (final === null || !/^https?:$/.test(final.protocol))
    return failed(
      'redirected',
      `The server answers with a redirect (status ${status}); the gateway does not follow redirects.`,
      `Write the final address into base_url of ${configLine(target)}.`,
    )
  const base = shownAddress(final).replace(/\/(?:chat\/completions|invocations)\/?$/, '')
  return failed(
    'redirected',
    `The server sends calls on to ${shownAddress(final)}; the gateway does not follow redirects.`,
    `Write base_url: ${base} in ${configLine(target)}.`,
  )
}

function tokenRefused({ status, challenge }: EmptyAnswer, { target }: TargetCheck): Verdict {
  const { missing } = target.credentials
  if (missing.length > 0)
    return skipped(
      'token-not-tried',
      `The server wants a token (status ${status}); ${missing.join(' and ')} is not set, so none was tried.`,
    )
  const sent = howSent(target)
  if (sent === null)
    return failed(
      'token-refused',
      `The server wants a token (status ${status}) and none is configured.`,
      `Add ${signIn(challenge)} to ${configLine(target)} and restart the gateway.`,
    )
  const { auth } = target.target
  if (challenge === 'basic' && auth?.type !== 'basic')
    return failed(
      'token-refused',
      `The server wants user name and password (status ${status}). ${sent}.`,
      `Write ${signIn(challenge)} in ${configLine(target)} and restart the gateway.`,
    )
  return failed(
    'token-refused',
    `The server refused the credentials (status ${status}). ${sent}.`,
    `Set ${signInVariables(target)} to what the server takes and restart the gateway.`,
  )
}

function signIn(challenge: string | null): string {
  return challenge === 'basic' ? 'auth: {type: basic}' : 'secret_key_ref: {env: …}'
}

function wrongPath({ url, status }: EmptyAnswer, { target, found }: TargetCheck): Verdict {
  const base = rightBaseUrl(target.target, found)
  return failed(
    'wrong-path',
    `The server has no ${url.pathname} (status ${status}).`,
    base === null
      ? `The gateway adds /chat/completions to base_url: correct it in ${configLine(target)} by the documentation of the server.`
      : `Write base_url: ${base} in ${configLine(target)}.`,
  )
}

function webPage({ url, status }: EmptyAnswer, { target }: TargetCheck): Verdict {
  return failed(
    'not-a-model-server',
    `A web page answers at ${shownAddress(url)} (status ${status}), not a model server.`,
    `Check host, port and path in base_url of ${configLine(target)}.`,
  )
}

function rateLimited(_: EmptyAnswer, { target }: TargetCheck): Verdict {
  return warning(
    'rate-limited',
    `The server of "${target.id}" takes no more calls for now (status 429).`,
    'Wait, or ask its operator for a higher limit.',
  )
}

function serverFailed({ status }: EmptyAnswer, { target }: TargetCheck): Verdict {
  const message = `The server failed on a request without a body (status ${status}).`
  return status === 500
    ? warning('server-failed', message, 'See whether calls work: kt doctor --call.')
    : failed(
        'server-failed',
        message,
        `Look at the log of the model server; behind a proxy, check that the server of ${configLine(target)} runs.`,
      )
}

function unexpected({ status }: EmptyAnswer, _: TargetCheck): Verdict {
  return warning(
    'unexpected-answer',
    `The server answers a request without a body with status ${status}, which model servers do not.`,
    'See whether calls work: kt doctor --call.',
  )
}
