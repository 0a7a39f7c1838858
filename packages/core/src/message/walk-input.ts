import type { JsonArray, JsonObject } from '../json/json-node.ts'
import type { KeyTable, Visit, Walk } from './walk.ts'
import { asIdentifier, asText, walkAt, walkItems, walkObject } from './walk.ts'
import { walkContent, walkInPart } from './walk-content.ts'
import { asItem } from './walk-item.ts'

/** Reads what a model is given where it is no list of chat messages: texts, token numbers that nobody can read, items. */
export const walkInput: Visit = (walk, node) => {
  if (node.kind === 'array') walkInputs(walk, node)
  else if (node.kind === 'object') readItem(walk, node)
  else asText('content')(walkAt(walk, { role: 'user' }), node)
}

const readItem = asItem('user', walkContent)

/** A text that hides among token numbers is read all the same. */
function walkInputs(walk: Walk, inputs: JsonArray): void {
  if (inputs.items.some(({ kind }) => kind === 'number')) walk.out.skip(walk, 'token_array')
  walkItems(walk, inputs, walkInput)
}

/** Reads the prompt of a completions request, or the reference of a Responses request to a prompt at the server. */
export const walkPrompt: Visit = (walk, node) => {
  if (node.kind === 'object') walkStoredPrompt(walk, node)
  else walkInput(walk, node)
}

/** `prompt.id` names a prompt that the server keeps; its variables are text. */
function walkStoredPrompt(walk: Walk, prompt: JsonObject): void {
  walk.out.skip(walk, 'stored_context')
  walkObject(walk, prompt, { table: promptKeys, other: asText('other') })
}

const readVariables: Visit = (walk, node) => {
  const inside = walkAt(walk, { role: 'user', field: 'content' })
  if (node.kind === 'object') walkObject(inside, node, { table: noKeys, other: walkVariable })
  else asText()(inside, node)
}

/** A text, or a part that is a text, an image or a file. */
const walkVariable: Visit = (walk, node) => walkInPart(walk, node)

const noKeys: KeyTable = new Map()

/** What an answer repeats of such a prompt is no reference any more. */
export const promptKeys: KeyTable = new Map<string, Visit>([
  ['id', asIdentifier],
  ['version', asIdentifier],
  ['variables', readVariables],
])
