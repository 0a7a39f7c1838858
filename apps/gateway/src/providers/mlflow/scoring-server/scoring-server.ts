import { gatherBody } from '../../../transport/gather-body.ts'
import { callUrl } from '../../call-url.ts'
import type { PlainAnswer, ProviderCall, ProviderDeps } from '../../provider.ts'
import { sendCall } from '../../send-call.ts'
import { readUpstreamError } from '../../upstream-error.ts'
import { refusalOf } from '../../upstream-refusal.ts'
import { invocationBody } from './invocation-body.ts'
import type { InvocationForm } from './invocation-form.ts'
import { invocationForms } from './invocation-form.ts'
import { readPrediction } from './read-prediction.ts'

/**
 * Calls `mlflow models serve`, which has only `/invocations` and never streams. A form that the served model's
 * schema refuses is followed by the next one; nothing else is sent twice. The form that worked is remembered.
 */
export async function callScoringServer(
  call: ProviderCall,
  deps: ProviderDeps,
): Promise<PlainAnswer> {
  const { target } = call
  const url = callUrl(call, 'scoring')
  const bodies = distinctBodies(call)
  for (const [position, { form, body }] of bodies.entries()) {
    const response = await sendCall({ ...call, stream: false }, { url, body }, deps.transport)
    target.health.reachable = true
    if (response.status === 200) {
      target.learned.form = form
      return readPrediction(await gatherBody(response.body), { call, now: deps.now() })
    }
    const bytes = await gatherBody(response.body)
    const refused = response.status === 400 && readUpstreamError(bytes).schemaRefused
    if (!refused || position === bodies.length - 1) throw refusalOf({ response, bytes }, target)
  }
  throw new Error('a target has at least one form')
}

interface Invocation {
  readonly form: InvocationForm
  readonly body: string
}

/** A form with the same bytes as the one before would only fail again. */
function distinctBodies(call: ProviderCall): readonly Invocation[] {
  const { mlflow } = call.target.target
  const forms = invocationForms(mlflow, call.target.learned.form)
  const all = forms.map((form) => ({ form, body: invocationBody(call.body, { form, mlflow }) }))
  return all.filter(({ body }, at) => all.findIndex((other) => other.body === body) === at)
}
