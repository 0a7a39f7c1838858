import type { Detected, DetectorWindow, Inspection } from '../entity-detector.ts'

/** A cue before the value: at most 64 characters; four words of 32 characters at most. */
export const window: DetectorWindow = { lookBehind: 64, reach: 136 }

const securityCode =
  /\b(?:cvv2?|cvc2?|cav2?|csc|cid|card verification (?:value|code)|(?:card )?security code)(?: (?:code|number|is))?[\s:=#"'-]{1,4}([0-9]{3,4})(?![\w[])/gi
const expiry =
  /\b(?:exp(?:ir(?:y|es|ation))?(?:\.? ?-?date)?|valid (?:thru|until|to)|good thru)(?: is| on)?[\s:.="'-]{1,4}((?:0?[1-9]|1[0-2]) ?[/-] ?(?:20)?[2-9][0-9])(?![\w/[]|-[0-9])/gi
// `4111 1111 1111 1111 12/29`: the number has been found and hidden before.
const expiryBehind = /(?<=\])[ ,;|]{1,3}((?:0[1-9]|1[0-2])\/(?:20)?[2-9][0-9])(?![\w/[]|-[0-9])/g
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

/** Finds what `pci_mode` adds to card numbers: security codes, expiry dates and card holder names, each behind its cue (PCI DSS: "account data"). */
export function findCardDetails({ text, digits, claims, cardEnds }: Inspection): Detected[] {
  const found: Detected[] = []
  if (digits.length > 0) {
    for (const match of text.matchAll(securityCode)) add(match, 'card-security-code', 'CVV')
    for (const match of text.matchAll(expiry)) add(match, 'card-expiry', 'CARD_EXPIRY')
    if (cardEnds.size > 0)
      for (const match of text.matchAll(expiryBehind))
        if (cardEnds.has(match.index)) add(match, 'card-expiry', 'CARD_EXPIRY')
  }
  for (const match of text.matchAll(cardHolder)) add(match, 'card-holder', 'CARD_HOLDER')
  return found

  function add(
    match: RegExpExecArray,
    rule: string,
    type: 'CVV' | 'CARD_EXPIRY' | 'CARD_HOLDER',
  ): void {
    const value = match[1] ?? ''
    const end = match.index + match[0].length
    const start = end - value.length
    const isName = type !== 'CARD_HOLDER' || /^\p{Lu}/u.test(value)
    if (isName && claims.isFree(start, end)) found.push({ rule, type, start, end, score: 850 })
  }
}
