import type { Completion } from '../chat/complete-chat.ts'
import type { UpstreamSettings } from './upstream-settings.ts'

interface Wrapping {
  readonly settings: Pick<UpstreamSettings, 'reply' | 'model'>
  /** Whether the request had `messages`, `prompt` or `input`; only then is the answer not wrapped. */
  readonly unified: boolean
}

/** A completion in one of the shapes in which served models answer. */
export function wrapReply(completion: Completion, { settings, unified }: Wrapping): unknown {
  const { choices } = completion
  const { id, ...withoutId } = { ...completion, model: settings.model }
  const texts = choices.map((choice) => choice.message.content)
  switch (settings.reply) {
    case 'object':
      return unified ? withoutId : { predictions: texts }
    case 'array':
      return unified ? [{ id, ...withoutId }] : { predictions: [{ id, ...withoutId }] }
    case 'choices-only':
      return unified ? { choices } : { predictions: { choices } }
    case 'predictions-string':
      return { predictions: texts }
    case 'predictions-choices':
      return { predictions: [{ choices }] }
  }
}
