import { JsonView, listText, objectText } from '../../../json/json-view.ts'

/**
 * A Responses request as MLflow's agents take it: `input` must be a list, `instructions` are its first message, and the
 * model is the agent itself. Everything else stays as it was written.
 */
export function responseRequest(body: string, { stream }: { readonly stream: boolean }): string {
  const request = JsonView.ofBody(body)
  const input = request.get('input')
  const items = input?.items?.map(({ text }) => text) ?? (input ? [message('user', input)] : [])
  const instructions = request.get('instructions')
  const own = new Set(['input', 'instructions', 'model', 'stream'])
  const rest = request.entries.filter(([key]) => !own.has(key))
  return objectText({
    ...Object.fromEntries(rest.map(([key, value]) => [key, value.text])),
    input: listText([...(instructions ? [message('system', instructions)] : []), ...items]),
    stream: stream ? 'true' : null,
  })
}

function message(role: string, content: JsonView): string {
  return objectText({ role: JSON.stringify(role), content: content.text })
}
