import type { JsonView } from '../../../json/json-view.ts'
import { listText, objectText } from '../../../json/json-view.ts'

/** The input items of the Responses API that say what a chat message says, as JSON texts. */
export function inputItems(message: JsonView): readonly string[] {
  const role = message.get('role')?.string
  if (role === 'tool' || role === 'function') return [toolOutput(message)]
  if (role === 'assistant') return [...assistantText(message), ...toolCalls(message)]
  const content = message.get('content')
  const parts = content?.items
  const text = parts ? listText(parts.map(inputPart)) : (content?.text ?? '""')
  return [objectText({ role: message.get('role')?.text, content: text })]
}

/** Earlier answers are given as one text: MLflow takes lists of parts from users only. */
function assistantText(message: JsonView): readonly string[] {
  const content = textOf(message.get('content')) || message.get('refusal')?.string
  return content ? [objectText({ role: '"assistant"', content: JSON.stringify(content) })] : []
}

function toolCalls(message: JsonView): readonly string[] {
  const calls = (message.get('tool_calls')?.items ?? []).map((call) =>
    functionCall(call.get('function'), call.get('id')),
  )
  const older = message.get('function_call')
  return older ? [...calls, functionCall(older, older.get('name'))] : calls
}

function functionCall(called: JsonView | null, id: JsonView | null): string {
  const given = called?.get('arguments')
  // Text of JSON; some clients send the object itself.
  const text = given && given.string === null ? JSON.stringify(given.text) : given?.text
  return objectText({
    type: '"function_call"',
    call_id: id?.text ?? '""',
    name: called?.get('name')?.text ?? '""',
    arguments: text ?? '"{}"',
  })
}

function toolOutput(message: JsonView): string {
  const id = message.get('tool_call_id') ?? message.get('name')
  return objectText({
    type: '"function_call_output"',
    call_id: id?.text ?? '""',
    output: JSON.stringify(textOf(message.get('content'))),
  })
}

function textOf(content: JsonView | null): string {
  const parts = content?.items
  if (!parts) return content?.string ?? ''
  const texts = parts.map((part) => (isText(part) ? part.get('text') : part.get('refusal')))
  return texts.flatMap((text) => text?.string || []).join('\n')
}

/** What the policies read as one text with its neighbours; texts of other parts are not joined to it here either. */
function isText(part: JsonView): boolean {
  return ['text', 'input_text', 'output_text'].includes(part.get('type')?.string ?? 'text')
}

function inputPart(part: JsonView): string {
  switch (part.get('type')?.string) {
    case 'text':
      return objectText({ type: '"input_text"', text: part.get('text')?.text })
    case 'image_url':
      return image(part.get('image_url'))
    case 'file':
      return file(part.get('file'))
    default:
      // The server says what it thinks of it.
      return part.text
  }
}

function image(image: JsonView | null): string {
  const url = image?.isObject ? image.get('url') : image
  return objectText({
    type: '"input_image"',
    image_url: url?.text,
    detail: image?.get('detail')?.text,
  })
}

function file(file: JsonView | null): string {
  const parts = Object.fromEntries((file?.entries ?? []).map(([key, value]) => [key, value.text]))
  // The kind comes last: a `type` among the file's keys would make text of it that no policy read as part of the message.
  return objectText({ ...parts, type: '"input_file"' })
}
