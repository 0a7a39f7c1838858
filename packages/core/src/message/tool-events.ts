import { rootPlace } from '../json/address.ts'
import { entryOf, stringOf } from '../json/entry-of.ts'
import type { JsonNode, JsonObject } from '../json/json-node.ts'
import { outputPlace } from './extract-response.ts'
import type { FoundCall } from './tool-calls.ts'
import { findCalls } from './tool-calls.ts'

/** What an event of a Responses stream says about calls of tools. */
export interface ToolEvent {
  /** Calls that begin with it, and pieces of the arguments of those that have begun. */
  readonly pieces: readonly FoundCall[]
  /** The arguments of a call that has begun, repeated whole. */
  readonly repeated: FoundCall | null
  /** Calls that are complete in it. */
  readonly whole: readonly FoundCall[]
}

/** Reads an event of a stream of the Responses API. Calls get the places that they have in the whole answer. */
export function readToolEvent(root: JsonNode, source: string): ToolEvent {
  if (root.kind !== 'object') return { pieces: [], repeated: null, whole: [] }
  const type = stringOf(root, 'type') ?? ''
  const found = root.entries.flatMap(({ key, value }) => {
    const place = key.value === 'item' ? outputPlace(root, source) : rootPlace
    return findCalls(value, { source, place, indexed: false })
  })
  const part = argumentsPart(root, source)
  const begins = type.endsWith('.added') || snapshots.has(type)
  return {
    pieces: [...(begins ? found : []), ...(part?.step === 'delta' ? [part.call] : [])],
    repeated: part?.step === 'done' ? part.call : null,
    whole: begins ? [] : found,
  }
}

/** Events that show the response before its calls are complete. */
const snapshots = new Set(['response.created', 'response.in_progress', 'response.queued'])

const ofArguments = /_call_(arguments|input|code)\.(delta|done)$/

function argumentsPart(event: JsonObject, source: string) {
  const [, key = '', step] = ofArguments.exec(stringOf(event, 'type') ?? '') ?? []
  const text = entryOf(event, step === 'delta' ? 'delta' : key)
  if (step === undefined || text === undefined) return null
  const given = text.kind === 'string' ? text.value : source.slice(text.start, text.end)
  const place = outputPlace(event, source)
  const call: FoundCall = { place, slot: 'itself', name: null, kind: '', arguments: given }
  return { step, call }
}
