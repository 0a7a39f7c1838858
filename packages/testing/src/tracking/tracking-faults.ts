import type { TrackingAnswer, TrackingScript } from './fake-tracking.ts'

/** A script for the first `count` requests whose address holds `part`; others get their usual answer. */
export function firstRequests(
  { part, count = 1 }: { readonly part: string; readonly count?: number },
  script: TrackingScript,
): TrackingScript {
  let left = count
  return (request, answer) => {
    if (left === 0 || !request.path.includes(part)) return answer()
    left -= 1
    return script(request, answer)
  }
}

/** What goes wrong with a tracking server. */
export const trackingFaults = {
  /** Does what was asked, and cuts the connection instead of saying so. */
  answerLost: ((_, answer) => {
    answer()
    return null
  }) satisfies TrackingScript,
  /** Answers with a status, and headers. */
  status:
    (status: number, headers: TrackingAnswer['headers'] = {}): TrackingScript =>
    () => ({ status, type: 'application/json', text: '{}', headers }),
  /** MLflow's answer to a name that it was not told about. */
  hostRefused: (() => ({
    status: 403,
    type: 'text/plain',
    text: 'Invalid Host header - possible DNS rebinding attack detected',
  })) satisfies TrackingScript,
  /** Never answers. */
  silent: (() => new Promise<null>(() => {})) satisfies TrackingScript,
}
