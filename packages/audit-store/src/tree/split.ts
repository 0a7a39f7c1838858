/** The root of the subtree over the leaves [start, end): MTH(D[start:end]) of RFC 6962 §2.1. */
export type RangeRoot = (start: number, end: number) => Buffer

/** How many leaves the left side of a tree has: the largest power of two smaller than `size`, which is at least 2 (RFC 6962 §2.1). */
export function splitOf(size: number): number {
  let left = 1
  while (left * 2 < size) left *= 2
  return left
}
