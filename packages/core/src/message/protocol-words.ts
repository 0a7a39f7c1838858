/**
 * Identifiers that the protocols define themselves. They carry nothing of a caller, so no policy needs to look at them:
 * a customer's pattern for "system" must not refuse every call because of a role.
 */
export const protocolWords: ReadonlySet<string> = new Set([
  // roles
  ...['system', 'developer', 'user', 'assistant', 'tool', 'function'],
  // kinds of content and tools
  ...['text', 'input_text', 'output_text', 'refusal', 'image_url', 'input_image', 'input_audio'],
  ...[
    'file',
    'input_file',
    'document',
    'reasoning',
    'summary_text',
    'thinking',
    'custom',
    'content',
  ],
  // settings
  ...['auto', 'none', 'required', 'default', 'low', 'medium', 'high', 'minimal', 'json_object'],
  ...['json_schema', 'ephemeral', 'audio', 'wav', 'mp3', 'flex', 'priority'],
  // JSON Schema types
  ...['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'],
  // answers
  ...['chat.completion', 'chat.completion.chunk', 'stop', 'length', 'tool_calls', 'function_call'],
  ...['content_filter'],
  // keys of objects that hold settings or numbers
  ...['name', 'include_usage', 'prompt_tokens', 'completion_tokens', 'total_tokens'],
  ...['prompt_tokens_details', 'completion_tokens_details', 'cached_tokens', 'audio_tokens'],
  ...['reasoning_tokens', 'accepted_prediction_tokens', 'rejected_prediction_tokens'],
])
