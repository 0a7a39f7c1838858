/** Characters of one kind for the automaton; 0 stands for all that no keyword has. */
const otherClass = 0

/**
 * Finds which of many keywords end at each character of a text, at a cost that does not depend on how many there are
 * (Aho and Corasick, 1975). Keywords are ASCII and compared without regard to case.
 */
export class KeywordAutomaton {
  /** The first state: nothing of any keyword was read. */
  static readonly start = 0
  readonly #classes = new Uint8Array(128)
  readonly #width: number
  /** `next[state * width + class]`. */
  readonly #next: Uint32Array
  readonly #depth: Uint16Array
  /** Which keywords end in a state: numbers `#firsts[state]` to `#firsts[state + 1]` of `#outputs`. */
  readonly #firsts: Uint32Array
  readonly #outputs: Uint32Array
  /** 1 for states in which a keyword ends. */
  readonly #isEnd: Uint8Array

  /** @throws TypeError for a keyword that is empty or not ASCII */
  constructor(keywords: readonly string[]) {
    for (const keyword of keywords) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: "anything but ASCII" includes its control characters
      if (!/^[\x00-\x7f]+$/.test(keyword)) throw new TypeError('a keyword is not ASCII')
    }
    this.#width = this.#classify(keywords)
    const trie = this.#trieOf(keywords)
    this.#depth = Uint16Array.from(trie.depth)
    this.#next = new Uint32Array(trie.depth.length * this.#width)
    const ends = this.#link(trie)
    this.#firsts = new Uint32Array(ends.length + 1)
    ends.forEach((own, state) => {
      this.#firsts[state + 1] = (this.#firsts[state] ?? 0) + own.length
    })
    this.#outputs = Uint32Array.from(ends.flat())
    this.#isEnd = Uint8Array.from(ends, (own) => Math.min(own.length, 1))
  }

  /** The state after one more UTF-16 unit. */
  step(state: number, code: number): number {
    const kind = code < 128 ? (this.#classes[code] ?? otherClass) : otherClass
    return this.#next[state * this.#width + kind] ?? 0
  }

  /**
   * Reads on from the cursor. Stops at a unit with which a keyword ends, at one that `marks` has an entry for, both of which
   * are read, and before one beyond ASCII; otherwise at the text's end.
   */
  readOn(cursor: Cursor, text: string, marks: Uint8Array): void {
    const [classes, next, isEnd, width] = [this.#classes, this.#next, this.#isEnd, this.#width]
    let { state, index } = cursor
    for (; index < text.length; index += 1) {
      const code = text.charCodeAt(index)
      if (code >= 128) break
      state = next[state * width + (classes[code] ?? 0)] ?? 0
      if (isEnd[state] !== 0 || marks[code] !== 0) break
    }
    cursor.state = state
    cursor.index = index
  }

  /** True when some keyword ends here. */
  ends(state: number): boolean {
    return this.#isEnd[state] === 1
  }

  /** Numbers of the keywords that end here. */
  keywordsAt(state: number): Uint32Array {
    return this.#outputs.subarray(this.#firsts[state] ?? 0, this.#firsts[state + 1] ?? 0)
  }

  /** How many characters of some keyword were just read, at most. */
  depth(state: number): number {
    return this.#depth[state] ?? 0
  }

  #classify(keywords: readonly string[]): number {
    let count = 1
    for (const character of new Set(keywords.join('').toLowerCase())) {
      this.#classes[character.charCodeAt(0)] = count
      this.#classes[character.toUpperCase().charCodeAt(0)] = count
      count += 1
    }
    return count
  }

  #trieOf(keywords: readonly string[]): Trie {
    const trie: Trie = { children: [new Map()], depth: [0], ends: [[]] }
    keywords.forEach((keyword, number) => {
      let state = 0
      for (const character of keyword.toLowerCase()) {
        const kind = this.#classes[character.charCodeAt(0)] ?? otherClass
        state = childOf(trie, state, kind)
      }
      trie.ends[state]?.push(number)
    })
    return trie
  }

  /** Fills the table of next states in order of depth; gives what ends in each state, shorter keywords included. */
  #link({ children, ends }: Trie): number[][] {
    const fails = new Uint32Array(children.length)
    const queue = [0]
    for (const state of queue) {
      const fail = fails[state] ?? 0
      if (state !== 0) ends[state]?.push(...(ends[fail] ?? []))
      for (let kind = 0; kind < this.#width; kind += 1) {
        const back = state === 0 ? 0 : (this.#next[fail * this.#width + kind] ?? 0)
        const child = children[state]?.get(kind)
        this.#next[state * this.#width + kind] = child ?? back
        if (child === undefined) continue
        fails[child] = back
        queue.push(child)
      }
    }
    return ends
  }
}

/** How far a text was read: the state, and the place of the unit at hand. */
export interface Cursor {
  state: number
  index: number
}

interface Trie {
  readonly children: Map<number, number>[]
  readonly depth: number[]
  readonly ends: number[][]
}

function childOf({ children, depth, ends }: Trie, state: number, kind: number): number {
  const known = children[state]?.get(kind)
  if (known !== undefined) return known
  const child = children.length
  children[state]?.set(kind, child)
  children.push(new Map())
  depth.push((depth[state] ?? 0) + 1)
  ends.push([])
  return child
}
