/** Gives names that differ: `name`, or `name_2`, `name_3`, … when it is taken. Each costs the same, however many are alike. */
export class FreeNames {
  readonly #taken: Set<string>
  readonly #counts = new Map<string, number>()

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken)
  }

  /** Takes a name as it is. */
  take(name: string): void {
    this.#taken.add(name)
  }

  /** Takes a name that is free. */
  free(name: string): string {
    let count = this.#counts.get(name) ?? 1
    let free = name
    while (this.#taken.has(free)) {
      count += 1
      free = `${name}_${count}`
    }
    this.#counts.set(name, count)
    this.#taken.add(free)
    return free
  }
}
