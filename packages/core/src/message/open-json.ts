import type { JsonNode } from '../json/json-node.ts'
import { JsonSyntaxError } from '../json/json-syntax-error.ts'
import { scanJson } from '../json/scan-json.ts'
import type { OpenJson } from './extraction.ts'
import { asData } from './walk.ts'

const readData = asData()

/** Opens a string that holds JSON (tool arguments, tool results), so that edits land inside it and it stays JSON. */
export const openJson: OpenJson = (out, body, { context, form }) => {
  if (!startsLikeJson(body.source, form)) return false
  const root = tryScan(body.source)
  if (root === null || !(root.kind === 'object' || root.kind === 'array' || isText(root, form)))
    return false
  readData({ ...context, out, body }, root)
  return true
}

function isText(root: JsonNode, form: string): boolean {
  return form === 'json' && root.kind === 'string'
}

/** Saves a scan of every ordinary text. */
function startsLikeJson(source: string, form: string): boolean {
  const first = /[^ \t\r\n]/.exec(source)?.[0]
  return first === '{' || first === '[' || (form === 'json' && first === '"')
}

function tryScan(source: string): JsonNode | null {
  try {
    return scanJson(source, { duplicateKeys: 'allow', loneSurrogates: 'allow' })
  } catch (error) {
    if (error instanceof JsonSyntaxError) return null
    throw error
  }
}
