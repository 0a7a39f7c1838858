import { JsonView, listText, objectText } from '../../../json/json-view.ts'
import { inputItems } from './input-items.ts'

/** Parameters that both APIs know under one name. */
const sameNames = [
  ...['temperature', 'top_p', 'user', 'metadata', 'store', 'parallel_tool_calls'],
  ...['truncation', 'reasoning', 'text', 'custom_inputs', 'context'],
]

/**
 * A chat body as the Responses request that MLflow's agents take (`ResponsesAgentRequest`). Values are taken over as
 * they were written; what that API has no name for, such as `stop`, `n` or `seed`, is left out.
 */
export function agentRequest(chatBody: string, { stream }: { readonly stream: boolean }): string {
  const chat = JsonView.ofBody(chatBody)
  const same = sameNames.map((name) => [name, chat.get(name)?.text] as const)
  return objectText({
    input: listText((chat.get('messages')?.items ?? []).flatMap(inputItems)),
    ...Object.fromEntries(same),
    max_output_tokens: (chat.get('max_completion_tokens') ?? chat.get('max_tokens'))?.text,
    tools: toolList(chat.get('tools')),
    tool_choice: toolChoice(chat.get('tool_choice')),
    ...reasoning(chat),
    ...format(chat.get('response_format')),
    stream: stream ? 'true' : null,
  })
}

function toolList(tools: JsonView | null): string | null {
  const items = tools?.items ?? []
  return items.length === 0 ? null : listText(items.map(tool))
}

/** The older API nests a function's name, description and parameters, the newer one does not. */
function tool(view: JsonView): string {
  const declared = view.get('function')
  if (!declared?.isObject) return view.text
  const parts = Object.fromEntries(declared.entries.map(([key, value]) => [key, value.text]))
  const noParameters = '{"type":"object","properties":{}}'
  return objectText({ parameters: noParameters, ...parts, type: '"function"' })
}

function toolChoice(choice: JsonView | null): string | null {
  const name = choice?.get('function')?.get('name')
  if (name) return objectText({ type: '"function"', name: name.text })
  return choice?.text ?? null
}

function reasoning(chat: JsonView): Record<string, string> {
  const effort = chat.get('reasoning_effort')
  return effort ? { reasoning: objectText({ effort: effort.text }) } : {}
}

function format(wanted: JsonView | null): Record<string, string> {
  if (!wanted?.isObject) return {}
  const schema = wanted.get('json_schema')?.entries ?? []
  const parts = Object.fromEntries(schema.map(([key, value]) => [key, value.text]))
  return { text: objectText({ format: objectText({ ...parts, type: wanted.get('type')?.text }) }) }
}
