const offset = 0x811c9dc5
const prime = 0x01000193

/** A 32-bit hash of `text` from `start` to `end`, with ASCII letters read in lower case. Builds no string. */
export function hashOf(text: string, start = 0, end = text.length): number {
  let hash = offset
  for (let index = start; index < end; index += 1) {
    const code = text.charCodeAt(index)
    hash = Math.imul(hash ^ (code >= 65 && code <= 90 ? code | 32 : code), prime)
  }
  return hash | 0
}

/** Another hash, made of one and a number: the same pair always gives the same. */
export function mixed(hash: number, value: number): number {
  let mix = Math.imul(hash ^ (value + 0x9e3779b9), 0x85ebca6b)
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35)
  return mix ^ (mix >>> 16)
}
