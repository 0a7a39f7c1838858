/** What a fake model reads of a chat request. */
export interface ChatBody {
  readonly model?: string
  readonly messages?: readonly { readonly role: string; readonly content?: unknown }[]
  readonly stream?: boolean
  readonly stream_options?: { readonly include_usage?: boolean }
  readonly n?: number
  readonly [key: string]: unknown
}

/** Parses a JSON object, or `null`. */
export function parseChatBody(text: string): ChatBody | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as ChatBody)
      : null
  } catch {
    return null
  }
}

/** What the last turn says, as one text. */
export function lastText(body: ChatBody): string {
  const content = body.messages?.at(-1)?.content
  if (typeof content === 'string') return content
  return JSON.stringify(content ?? null)
}

/** A fake model's answer: it quotes what it received, so that a test sees what reached the model. */
export function quote(body: ChatBody): string {
  return `You said: ${lastText(body)}`
}

/** An answer in the form of `POST /v1/chat/completions`, one choice per `n`. */
export function completion(body: ChatBody, model: string) {
  return {
    id: 'chatcmpl-fake',
    object: 'chat.completion',
    created: 1_700_000_000,
    model,
    choices: Array.from({ length: body.n ?? 1 }, (_, index) => ({
      index,
      message: { role: 'assistant', content: quote(body) },
      finish_reason: 'stop',
    })),
    usage: usageOf(body),
  }
}

/** The same answer as events of a stream, a few characters each; without the closing `[DONE]`. */
export function chunks(body: ChatBody, model: string): object[] {
  const head = {
    id: 'chatcmpl-fake',
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
    model,
  }
  const event = (index: number, delta: object, finish_reason: string | null = null) => ({
    ...head,
    choices: [{ index, delta, finish_reason }],
  })
  const pieces = quote(body).match(/.{1,5}/gsu) ?? []
  const choices = Array.from({ length: body.n ?? 1 }, (_, index) => [
    event(index, { role: 'assistant', content: '' }),
    ...pieces.map((content) => event(index, { content })),
    event(index, {}, 'stop'),
  ])
  const usage = body.stream_options?.include_usage
    ? [{ ...head, choices: [], usage: usageOf(body) }]
    : []
  return [...choices.flat(), ...usage]
}

function usageOf(body: ChatBody) {
  const prompt_tokens = Math.ceil(JSON.stringify(body.messages ?? []).length / 4)
  const completion_tokens = Math.ceil(quote(body).length / 4)
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens }
}
