/** A state's children, and what is read on when none fits. */
interface Node {
  readonly children: Map<number, number>
  readonly depth: number
  fail: number
  /** Numbers of the words that end here, shorter ones included. */
  readonly ends: number[]
}

/**
 * Finds which of many words end at each character of a text, at a cost that does not depend on how many there are. Words may
 * hold any characters; states are kept as maps, since there may be as many as the words have letters.
 */
export class TermAutomaton {
  readonly #nodes: Node[] = [{ children: new Map(), depth: 0, fail: 0, ends: [] }]

  /** The states after one ASCII character: where most texts stay. */
  readonly #first = new Uint32Array(128)

  constructor(words: readonly string[]) {
    words.forEach((word, number) => {
      let state = 0
      for (let index = 0; index < word.length; index += 1)
        state = this.#child(state, word.charCodeAt(index))
      this.#nodes[state]?.ends.push(number)
    })
    for (const [code, child] of this.#nodes[0]?.children ?? [])
      if (code < 128) this.#first[code] = child
    this.#link()
  }

  /** The state after one more UTF-16 unit; 0 is the first. */
  step(state: number, code: number): number {
    if (state === 0 && code < 128) return this.#first[code] ?? 0
    for (let at = state; ; at = this.#nodes[at]?.fail ?? 0) {
      const next = this.#nodes[at]?.children.get(code)
      if (next !== undefined) return next
      if (at === 0) return 0
    }
  }

  /** Numbers of the words that end here. */
  wordsAt(state: number): readonly number[] {
    return this.#nodes[state]?.ends ?? []
  }

  /** How many characters of some word were just read, at most. */
  depth(state: number): number {
    return this.#nodes[state]?.depth ?? 0
  }

  #child(state: number, code: number): number {
    const node = this.#nodes[state]
    const known = node?.children.get(code)
    if (known !== undefined) return known
    const child = this.#nodes.length
    node?.children.set(code, child)
    this.#nodes.push({ children: new Map(), depth: (node?.depth ?? 0) + 1, fail: 0, ends: [] })
    return child
  }

  #link(): void {
    const queue = [0]
    for (const state of queue) {
      const node = this.#nodes[state]
      for (const [code, child] of node?.children ?? []) {
        const next = this.#nodes[child]
        if (next === undefined) continue
        next.fail = state === 0 ? 0 : this.step(node?.fail ?? 0, code)
        next.ends.push(...(this.#nodes[next.fail]?.ends ?? []))
        queue.push(child)
      }
    }
  }
}
