import { createHash } from 'node:crypto'
import type { ChatBody } from './chat-body.ts'
import { isObject, lastUserText } from './chat-body.ts'

/** What a fake model says: its text for the last user message of a request. */
export type Answer = (question: string, body: ChatBody) => string

/** The default answer: it quotes the question, so that a test sees what the model received. */
export const quoteQuestion: Answer = (question) => `You said: ${question}`

/** A tool call as OpenAI writes it; `arguments` is JSON text. */
interface ToolCall {
  readonly id: string
  readonly type: 'function'
  readonly function: { readonly name: string; readonly arguments: string }
}

/** One alternative of an answer. */
export interface Choice {
  readonly index: number
  readonly message: {
    readonly role: 'assistant'
    readonly content: string | null
    readonly tool_calls?: readonly ToolCall[]
  }
  readonly finish_reason: 'stop' | 'tool_calls'
}

/** A complete `chat.completion`. */
export interface Completion {
  readonly id: string
  readonly object: 'chat.completion'
  /** Seconds since the epoch. */
  readonly created: number
  readonly model: string
  readonly choices: readonly Choice[]
  readonly usage: {
    readonly prompt_tokens: number
    readonly completion_tokens: number
    readonly total_tokens: number
  }
}

interface Speaker {
  readonly answer: Answer
  /** Seconds since the epoch; a constant by default, so that equal requests get equal bytes. */
  readonly created?: number
}

/** The completion for a request: the same request always gets the same bytes, id and time included. */
export function completeChat(
  body: ChatBody,
  { answer, created = 1_700_000_000 }: Speaker,
): Completion {
  const question = lastUserText(body.messages)
  const text = answer(question, body)
  const count = typeof body.n === 'number' && body.n > 1 ? body.n : 1
  const toolCalls = wantedToolCalls(body, question)
  const choices = Array.from({ length: count }, (_, index) =>
    makeChoice({ index, text, toolCalls }),
  )
  const prompt = countTokens(JSON.stringify(body.messages ?? ''))
  const completion = countTokens(text) * count
  return {
    id: `chatcmpl-${createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 16)}`,
    object: 'chat.completion',
    created,
    model: typeof body.model === 'string' ? body.model : '',
    choices,
    usage: {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
    },
  }
}

interface ChoiceParts {
  readonly index: number
  readonly text: string
  readonly toolCalls: readonly ToolCall[]
}

function makeChoice({ index, text, toolCalls }: ChoiceParts): Choice {
  if (toolCalls.length === 0)
    return { index, message: { role: 'assistant', content: text }, finish_reason: 'stop' }
  const message = { role: 'assistant', content: null, tool_calls: toolCalls } as const
  return { index, message, finish_reason: 'tool_calls' }
}

/** A request that insists on a tool (`tool_choice: required` or a named one) gets a call whose arguments quote the question. */
function wantedToolCalls({ tools, tool_choice: choice }: ChatBody, question: string): ToolCall[] {
  const names = (Array.isArray(tools) ? tools : [])
    .map(functionName)
    .filter((name) => name !== null)
  const name = choice === 'required' ? names[0] : functionName(choice)
  if (!name) return []
  const call = { name, arguments: JSON.stringify({ text: question }) }
  return [{ id: 'call_fake_1', type: 'function', function: call }]
}

function functionName(tool: unknown): string | null {
  const inner = isObject(tool) ? tool['function'] : null
  return isObject(inner) && typeof inner['name'] === 'string' ? inner['name'] : null
}

const countTokens = (text: string): number => Math.ceil(text.length / 4)
