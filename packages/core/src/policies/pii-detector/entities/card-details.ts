import type { Detected, DetectorWindow, Inspection } from '../entity-detector.ts'

/** A cue before the value: at most 64 characters; four words of 32 characters at most. */
export const window: DetectorWindow = { lookBehind: 64, reach: 136 }

const securityCode =
  /\b(?:cvv2?|cvc2?|cav2?|csc|cid|card verification (?:value|code)|(?:card )?security code)(?: (?:code|number|is))?[\s:=#"'-]{1,4}([0-9]{3,4})(?![\w[])/gi
const holderCue = String.raw`\b(?:card ?holder(?:'s)?(?: name)?|name on (?:the )?card)(?: is)?[\s:="'-]{1,4}`
const cardHolder = new RegExp(
  String.raw`${holderCue}(\p{Lu}[\p{L}'’-]{0,30}\.?(?: \p{Lu}[\p{L}'’-]{0,30}\.?){1,3})`,
  'giu',
)
const holderAtEnd = new RegExp(String.raw`${holderCue}\p{Lu}[\p{L}'’-]{0,30}\.?$`, 'iu')

/** True when `text` ends with the first word of a card holder's name. */
export function endsInHolder(text: string): boolean {
  return holderAtEnd.test(text)
}

/** Finds what `pci_mode` adds to card numbers: security codes and card holder names, each behind its cue (PCI DSS: "account data"). */
export function findCardDetails({ text, digits, claims }: Inspection): Detected[] {
  const found: Detected[] = []
  if (digits.length > 0) {
    for (const match of text.matchAll(securityCode)) add(match, 'card-security-code', 'CVV')
  }
  for (const match of text.matchAll(cardHolder)) add(match, 'card-holder', 'CARD_HOLDER')
  return found

  function add(match: RegExpExecArray, rule: string, type: 'CVV' | 'CARD_HOLDER'): void {
    const value = match[1] ?? ''
    const end = match.index + match[0].length
    const start = end - value.length
    const isName = type === 'CVV' || /^\p{Lu}/u.test(value)
    if (isName && claims.isFree(start, end)) found.push({ rule, type, start, end, score: 850 })
  }
}
