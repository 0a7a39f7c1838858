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
  ...['text_completion', 'list', 'embedding', 'float', 'base64', 'response', 'message'],
  ...['completed', 'in_progress', 'incomplete', 'failed', 'queued', 'max_output_tokens'],
  // items of the Responses API and events of its streams
  ...['function_call_output', 'item_reference', 'custom_tool_call', 'custom_tool_call_output'],
  ...['reasoning_text', 'web_search_call', 'file_search_call', 'mcp_call', 'url_citation'],
  ...['response.created', 'response.in_progress', 'response.completed', 'response.incomplete'],
  ...['response.failed', 'response.output_item.added', 'response.output_item.done'],
  ...['response.content_part.added', 'response.content_part.done', 'response.output_text.delta'],
  ...['response.output_text.done', 'response.function_call_arguments.delta'],
  ...['response.function_call_arguments.done', 'response.refusal.delta', 'response.refusal.done'],
  // keys of objects that hold settings or numbers
  ...['name', 'include_usage', 'prompt_tokens', 'completion_tokens', 'total_tokens'],
  ...['prompt_tokens_details', 'completion_tokens_details', 'cached_tokens', 'audio_tokens'],
  ...['input_tokens', 'output_tokens', 'input_tokens_details', 'output_tokens_details'],
  ...['effort', 'summary', 'include_obfuscation', 'reason', 'disabled', 'detailed', 'concise'],
  ...['reasoning_tokens', 'accepted_prediction_tokens', 'rejected_prediction_tokens'],
])
