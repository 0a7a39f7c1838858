/** The API whose bodies are read (design §5 "Extract"); the table of extractors is keyed by it. */
export type ApiShape = 'chat.completions' | 'completions' | 'embeddings' | 'responses'

/** Which way the text travels. */
export type Direction = 'request' | 'response'

/** What a piece of text is for; policies choose their calibration by it (decision T6). */
export type SegmentField =
  | 'content'
  | 'document'
  | 'reasoning'
  | 'refusal'
  | 'tool_arguments'
  | 'tool_result'
  | 'tool_definition'
  | 'name'
  | 'metadata'
  | 'other'

/** One piece of text in a request or an answer, with its address. */
export interface Segment {
  /** JSON path in the body, as in `messages[3].content` or `messages[1].tool_calls[0].function.arguments.city`. */
  readonly address: string
  /**
   * `system | developer | user | assistant | tool | function`, `other` for any other one, or `null` outside messages
   * (tool definitions, metadata).
   */
  readonly role: string | null
  readonly field: SegmentField
  /** `identifier` leaves are scanned and never edited (decision T2). */
  readonly kind: 'text' | 'identifier'
  /** The text as edited by the policies before, UTF-16. Adjacent text parts of one message are one segment. */
  readonly text: string
}

/** Something in the body that no policy can read (decision T3). */
export interface Unscannable {
  readonly address: string
  readonly what: 'token_array' | 'stored_context' | 'image' | 'audio' | 'file' | 'encrypted'
}
