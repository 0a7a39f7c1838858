/** One turn of a conversation in the OpenAI chat shape: the shape that callers of the library use. */
export interface Message {
  readonly role: string
  readonly content?: string | readonly ContentPart[] | null
  readonly name?: string
  readonly tool_calls?: readonly ToolCall[]
  readonly tool_call_id?: string
  readonly refusal?: string | null
  readonly [key: string]: unknown
}

export interface ContentPart {
  readonly type: string
  readonly text?: string
  readonly [key: string]: unknown
}

export interface ToolCall {
  readonly id?: string
  readonly type?: string
  readonly function?: { readonly name: string; readonly arguments: string }
  readonly [key: string]: unknown
}
