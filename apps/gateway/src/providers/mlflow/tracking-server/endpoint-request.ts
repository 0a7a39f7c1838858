import { JsonView, listText, objectText } from '../../../json/json-view.ts'

/**
 * A chat body as the gateway endpoints of `mlflow server` take it (`mlflow/types/chat.py`): `stop` must be a list, and
 * `tools`, if given, must hold one. Everything else stays as it was written.
 */
export function endpointRequest(chatBody: string): string {
  const chat = JsonView.ofBody(chatBody)
  const stop = chat.get('stop')
  const noTools = chat.get('tools')?.items?.length === 0
  if (stop?.string == null && !noTools) return chatBody
  const entries = chat.entries.filter(([key]) => !(noTools && key === 'tools'))
  return objectText({
    ...Object.fromEntries(entries.map(([key, value]) => [key, value.text])),
    ...(stop?.string == null ? {} : { stop: listText([stop.text]) }),
  })
}
