/**
 * True when a name is what the pattern says: `*` stands for any characters, everything else for itself.
 * Linear in the name's length: the pieces between stars are looked for from left to right, once each.
 */
export function matchesName(pattern: string, name: string): boolean {
  const [head = '', ...rest] = pattern.split('*')
  const tail = rest.pop()
  if (tail === undefined) return name === head
  if (!name.startsWith(head)) return false
  let at = head.length
  for (const piece of rest) {
    const found = name.indexOf(piece, at)
    if (found === -1) return false
    at = found + piece.length
  }
  return name.length - tail.length >= at && name.endsWith(tail)
}
