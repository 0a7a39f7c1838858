import type { ApiShape } from '../message/segment.ts'

/** The fields of a message's parts whose text comes in pieces; any other string of a part is whole in each event. */
const growing =
  /\.(?:text|content|arguments|input|thinking|reasoning|reasoning_content|refusal|transcript|summary)$/

/** A string that stands directly in a message: clients join what every event brings. */
const ofMessage = /^choices\[\d+\]\.(?:text|message\.[\w-]+)$/
const inMessage =
  /^choices\[\d+\]\.message\.(?:tool_calls|function_call|content|audio|reasoning|thinking)/

/**
 * True for a text of a stream that is a piece of the one at its place; any other is whole in its event. `whole` is what
 * the reader of the event knows. Servers put settings and results of their own beside the pieces, and joining those
 * would corrupt them.
 */
export function isPiece(channel: string, whole: boolean, shape: ApiShape): boolean {
  if (whole) return false
  if (shape !== 'chat.completions' && shape !== 'completions') return true
  return ofMessage.test(channel) || (inMessage.test(channel) && growing.test(channel))
}
