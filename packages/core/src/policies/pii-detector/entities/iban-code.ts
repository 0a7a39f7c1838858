import type { Detected, DetectorWindow, Inspection } from '../entity-detector.ts'

/** Longest IBAN: 34 characters in groups of four, plus the next character. */
export const window: DetectorWindow = { lookBehind: 2, reach: 48 }

const classes: Readonly<Record<string, string>> = { n: '[0-9]', a: '[A-Z]', c: '[A-Z0-9]' }

// What follows the check digits, by country (SWIFT IBAN registry, release 99): n digits, a capitals, c either, with their counts.
const structures = new Map(
  `AD:n8c12 AE:n19 AL:n8c16 AT:n16 AZ:a4c20 BA:n16 BE:n12 BG:a4n6c8 BH:a4c14 BI:n23 BR:n23a1c1 BY:c4n4c16 CH:n5c12 CR:n18
  CY:n8c16 CZ:n20 DE:n18 DJ:n23 DK:n14 DO:c4n20 EE:n16 EG:n25 ES:n20 FI:n14 FK:a2n12 FO:n14 FR:n10c11n2 GB:a4n14 GE:a2n16
  GI:a4c15 GL:n14 GR:n7c16 GT:c24 HN:a4n20 HR:n17 HU:n24 IE:a4n14 IL:n19 IQ:a4n15 IS:n22 IT:a1n10c12 JO:a4n4c18 KW:a4c22
  KZ:n3c13 LB:n4c20 LC:a4c24 LI:n5c12 LT:n16 LU:n3c13 LV:a4c13 LY:n21 MC:n10c11n2 MD:c20 ME:n18 MK:n3c10n2 MN:n16 MR:n23
  MT:a4n5c18 MU:a4n19a3 NI:a4n20 NL:a4n10 NO:n11 OM:n3c16 PK:a4c16 PL:n24 PS:a4c21 PT:n21 QA:a4c21 RO:a4c16 RS:n18
  RU:n14c15 SA:n2c18 SC:a4n20a3 SD:n14 SE:n20 SI:n15 SK:n20 SM:a1n10c12 SO:n19 ST:n21 SV:a4n20 TL:n19 TN:n20 TR:n6c16
  UA:n6c19 VA:n18 VG:a4n16 XK:n16 YE:a4n4c18`
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 2), structureOf(entry.slice(3))] as const),
)

interface Structure {
  /** Letters and digits of the whole account. */
  readonly length: number
  readonly pattern: RegExp
}

function structureOf(written: string): Structure {
  const parts = [...written.matchAll(/([nac])([0-9]+)/g)]
  const source = parts.map(([, kind = '', count]) => `${classes[kind]}{${count}}`).join('')
  const length = parts.reduce((sum, [, , count]) => sum + Number(count), 4)
  return { length, pattern: new RegExp(`^[A-Z]{2}[0-9]{2}${source}$`) }
}

/** Letters and digits of an account of this country; 0 when it has no IBANs. */
export function ibanLength(country: string): number {
  return structures.get(country.toUpperCase())?.length ?? 0
}

const wordCharacter = /[\p{L}\p{N}_]/u

/** Finds IBANs: country, structure and mod-97 check (ISO 13616), written in one piece or in groups. */
export function findIbanCodes({ text, digits, claims, urls }: Inspection): Detected[] {
  const found: Detected[] = []
  for (const group of digits) {
    const start = group.start - 2
    if (start < 0 || wordCharacter.test(text[start - 1] ?? ' ')) continue
    const structure = structures.get(text.slice(start, group.start).toUpperCase())
    if (structure === undefined || group.digits.length < 2) continue
    const end = accountEnd(text, start, structure.length)
    if (end === -1 || !claims.isFree(start, end) || !urls.isFree(start, end)) continue
    const account = text.slice(start, end).replace(/[ -]/g, '').toUpperCase()
    if (!structure.pattern.test(account) || !passesMod97(account)) continue
    found.push({ rule: 'iban-code', type: 'IBAN_CODE', start, end, score: 1000, proven: true })
  }
  return found
}

/** Where `length` letters and digits end, across single spaces or hyphens; -1 when they don't fit. */
function accountEnd(text: string, start: number, length: number): number {
  let count = 0
  let index = start
  while (count < length) {
    const character = text[index] ?? ''
    if (/[A-Za-z0-9]/.test(character)) count += 1
    else if (!/[ -]/.test(character) || !/[A-Za-z0-9]/.test(text[index - 1] ?? '')) return -1
    index += 1
  }
  return wordCharacter.test(text[index] ?? ' ') ? -1 : index
}

function passesMod97(account: string): boolean {
  let rest = 0
  for (const character of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}
