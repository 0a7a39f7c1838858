const placePrefixes = new Set(
  'san santa santo st saint fort ft port mount mt lake new north south east west los las el cape point rio sierra costa puerto villa rua rúa via rue avenida calle plaza plaça piazza paseo ulica ul avenue boulevard prince duke'.split(
    ' ',
  ),
)

/** True for a word such as `San` or `Rue`, which makes the words behind it a place. Takes lower case. */
export function isPlacePrefix(word: string): boolean {
  return placePrefixes.has(word)
}
