/** The check digit of ICAO Doc 9303, part 3, 4.9: weights 7, 3, 1 over digits and letters (`A` is 10, `<` is 0). */
export function icaoDigit(characters: string): number {
  const weights = [7, 3, 1]
  let sum = 0
  for (const [index, character] of [...characters].entries()) {
    const value = character === '<' ? 0 : Number.parseInt(character, 36)
    sum += value * (weights[index % 3] ?? 0)
  }
  return sum % 10
}
