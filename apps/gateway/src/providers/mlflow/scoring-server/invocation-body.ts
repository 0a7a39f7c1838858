import type { JsonEntry, Target } from '@keeptrusts/core'
import { readRoot } from '../../../json/read-root.ts'
import { flattenTextParts } from './flatten-text-parts.ts'
import type { InvocationForm } from './invocation-form.ts'

/** What MLflow's ChatModel takes besides messages (decision W4). */
const chatParameters = [
  'temperature',
  'max_tokens',
  'max_completion_tokens',
  'stop',
  'n',
  'top_p',
  'top_k',
  'frequency_penalty',
  'presence_penalty',
  'tools',
  'metadata',
  'custom_inputs',
]

interface Wanted {
  readonly form: InvocationForm
  readonly mlflow: Target['mlflow']
}

/** The body for `/invocations`, put together from the text of a chat body so that numbers stay as they were written. */
export function invocationBody(chatBody: string, { form, mlflow }: Wanted): string {
  if (form === 'inputs') return inputsBody(chatBody)
  const keys = new Set(form === 'full' ? (mlflow.allow_keys ?? chatParameters) : [])
  keys.add('messages')
  const { entries } = readRoot(chatBody)
  const names = new Set(entries.map((entry) => entry.key.value))
  const kept = entries
    .filter((entry) => keys.has(entry.key.value) && !isEmpty(entry))
    .map((entry) => member(entry, chatBody, names))
  return `{${kept.join(',')}}`
}

/** Nulls and empty lists of tools say nothing, and the schemas of served models refuse them. */
function isEmpty({ key, value }: JsonEntry): boolean {
  if (value.kind === 'null') return true
  return key.value === 'tools' && value.kind === 'array' && value.items.length === 0
}

function member({ key, value }: JsonEntry, source: string, names: ReadonlySet<string>): string {
  const text = source.slice(value.start, value.end)
  if (key.value === 'stop' && value.kind === 'string') return `"stop":[${text}]`
  if (key.value === 'messages') return `"messages":${flattenTextParts(value, source)}`
  // The newer name of the same limit, which ChatModel does not know.
  const renamed = key.value === 'max_completion_tokens' && !names.has('max_tokens')
  return `${JSON.stringify(renamed ? 'max_tokens' : key.value)}:${text}`
}

/** One message is its text; several become one transcript, because such models take a single string. */
function inputsBody(chatBody: string): string {
  const { messages } = JSON.parse(chatBody) as { messages: readonly Turn[] }
  const [only] = messages
  const text =
    messages.length === 1 && only
      ? textOf(only)
      : messages.map((turn) => `${turn.role}: ${textOf(turn)}`).join('\n\n')
  return JSON.stringify({ inputs: [text] })
}

interface Part {
  readonly type?: unknown
  readonly text?: unknown
}

interface Turn {
  readonly role?: string
  readonly content?: unknown
}

function textOf({ content }: Turn): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  // Only what the policies read as one text; texts of other parts were read apart from it.
  const texts = content.map((part: Part | null) =>
    (part?.type ?? 'text') === 'text' ? part?.text : null,
  )
  return texts.filter((text) => typeof text === 'string').join('\n')
}
