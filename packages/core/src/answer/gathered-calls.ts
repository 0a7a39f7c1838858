import type { FoundCall } from '../message/tool-calls.ts'
import type { ToolUse } from '../policies/policy.ts'

/** A call of which pieces have come. */
export interface GatheredCall {
  readonly address: string
  readonly channel: string
  readonly slot: FoundCall['slot']
  name: string
  kind: string
  readonly arguments: string[]
  /** True once a piece of its name was given out: the name is complete then. */
  named: boolean
}

/** More calls than any model makes in an answer; names and arguments of all of them, in characters. */
const mostCalls = 1024
const mostText = 4 * 1024 * 1024

/** The calls of a streamed answer while their pieces come, in any cutting and order. */
export class GatheredCalls {
  readonly #calls = new Map<string, GatheredCall>()
  #text = 0

  /** True when more has come than is kept: the calls cannot be judged any more. */
  get isFull(): boolean {
    return this.#calls.size > mostCalls || this.#text > mostText
  }

  /** True when no call is open. */
  get isEmpty(): boolean {
    return this.#calls.size === 0
  }

  /** Takes the arguments of a piece, and gives the call that it belongs to; the name is for the caller to take. */
  add({ place, slot, kind, arguments: piece }: FoundCall): GatheredCall {
    const id = `${slot} ${place.channel}`
    const known = this.#calls.get(id)
    const call: GatheredCall = known ?? {
      ...{ address: place.address, channel: place.channel, slot, kind },
      ...{ name: '', arguments: [], named: false },
    }
    if (known === undefined) this.#calls.set(id, call)
    if (kind !== '') call.kind = kind
    if (piece !== null && piece !== '') call.arguments.push(piece)
    this.#text += piece?.length ?? 0
    return call
  }

  /** Takes a piece of a name. */
  addName(call: GatheredCall, piece: string): void {
    call.name += piece
    this.#text += piece.length
  }

  /** The calls at a place, which are complete and forgotten then. */
  close(channel: string): readonly ToolUse[] {
    const closed = [...this.#calls].filter(([, call]) => call.channel === channel)
    for (const [id] of closed) this.#calls.delete(id)
    return usesOf(closed.map(([, call]) => call))
  }

  /** All calls, in the order that they have in the whole answer; they are forgotten then. */
  closeAll(): readonly ToolUse[] {
    const calls = [...this.#calls.values()].sort(byPlace)
    this.#calls.clear()
    return usesOf(calls)
  }
}

/** A piece that says nothing of how its call is written belongs to the one that does. */
function usesOf(calls: readonly GatheredCall[]): ToolUse[] {
  const written = new Set(calls.filter((call) => !saysNothing(call)).map(({ channel }) => channel))
  return calls
    .filter((call) => !saysNothing(call) || !written.has(call.channel))
    .map((call) => ({
      use: 'called',
      name: call.name === '' ? call.kind : call.name,
      arguments: call.arguments.join(''),
      address: call.address,
    }))
}

function saysNothing({ slot, name, kind, arguments: pieces }: GatheredCall): boolean {
  return slot === 'itself' && name === '' && kind === '' && pieces.length === 0
}

const numbers = new Intl.Collator('en', { numeric: true })
const slots = ['function', 'custom', 'itself']

function byPlace(a: GatheredCall, b: GatheredCall): number {
  return numbers.compare(a.channel, b.channel) || slots.indexOf(a.slot) - slots.indexOf(b.slot)
}
