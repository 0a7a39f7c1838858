import { cut } from '../chat/completion-chunks.ts'

type Json = Readonly<Record<string, unknown>>

/** A whole response as the events of its stream, as OpenAI sends them: every text in pieces and then whole, four times over. */
export function responseEvents(response: Json, chunkLength: number): Json[] {
  const items = response['output'] as readonly Json[]
  const begun = { ...response, status: 'in_progress', output: [], usage: null }
  const events = [
    { type: 'response.created', response: begun },
    { type: 'response.in_progress', response: begun },
    ...items.flatMap((item, index) => itemEvents(item, index, chunkLength)),
    { type: 'response.completed', response },
  ]
  return events.map((event, at) => ({ ...event, sequence_number: at }))
}

function itemEvents(item: Json, index: number, chunkLength: number): Json[] {
  const at = { item_id: item['id'], output_index: index }
  const begun = { ...item, status: 'in_progress', ...emptied(item) }
  return [
    { type: 'response.output_item.added', output_index: index, item: begun },
    ...innerEvents(item, { at, chunkLength }),
    { type: 'response.output_item.done', output_index: index, item },
  ]
}

function emptied({ type }: Json): Json {
  if (type === 'message') return { content: [] }
  return type === 'reasoning' ? { summary: [] } : { arguments: '' }
}

interface Cutting {
  readonly at: Json
  readonly chunkLength: number
}

function innerEvents(item: Json, { at, chunkLength }: Cutting): Json[] {
  if (item['type'] === 'function_call') {
    const stem = 'response.function_call_arguments'
    const whole = { arguments: item['arguments'], name: item['name'] }
    return textEvents({ stem, at, chunkLength, text: item['arguments'], whole })
  }
  const isMessage = item['type'] === 'message'
  const parts = (isMessage ? item['content'] : item['summary']) as readonly Json[]
  return parts.flatMap((part, index) =>
    partEvents(part, {
      at: { ...at, [isMessage ? 'content_index' : 'summary_index']: index },
      chunkLength,
    }),
  )
}

function partEvents(part: Json, { at, chunkLength }: Cutting): Json[] {
  const kind = part['type'] as string
  const key = kind === 'refusal' ? 'refusal' : 'text'
  const stem = kind === 'summary_text' ? 'response.reasoning_summary_text' : `response.${kind}`
  const edge = `response.${kind === 'summary_text' ? 'reasoning_summary' : 'content'}_part`
  const logprobs = kind === 'output_text' ? { logprobs: part['logprobs'] } : {}
  const whole = { [key]: part[key], ...logprobs }
  return [
    { type: `${edge}.added`, ...at, part: { ...part, [key]: '' } },
    ...textEvents({ stem, at, chunkLength, text: part[key], whole, logprobs }),
    { type: `${edge}.done`, ...at, part },
  ]
}

interface GrowingText extends Cutting {
  readonly stem: string
  readonly text: unknown
  /** What the last event holds. */
  readonly whole: Json
  readonly logprobs?: Json
}

function textEvents({ stem, at, chunkLength, text, whole, logprobs = {} }: GrowingText): Json[] {
  const deltas = cut(String(text), chunkLength).map((delta, index) => {
    const tokens = logprobs['logprobs'] as readonly unknown[] | undefined
    const own = tokens ? { logprobs: tokens.slice(index, index + 1) } : {}
    return { type: `${stem}.delta`, ...at, delta, ...own, obfuscation: 'aG9wZQ' }
  })
  return [...deltas, { type: `${stem}.done`, ...at, ...whole }]
}
