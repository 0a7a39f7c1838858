import type { Visit } from './walk.ts'

/**
 * The tokens beside a text: they go when a policy may change the text that they repeat (decision T4). Where nothing may
 * change they are left alone: no policy would learn anything from them.
 */
export const walkLogprobs: Visit = (walk, node) => {
  if (!walk.out.dropsLogprobs || node.kind === 'null') return
  if (node.kind === 'array' && node.items.length === 0) return
  const text = node.kind === 'array' ? '[]' : 'null'
  walk.body.replace({ start: node.start, end: node.end, text })
}
