import type { Detected, DetectorWindow, Inspection } from '../entity-detector.ts'

/** Longest IBAN: 34 characters in groups of four, plus the next character. */
export const window: DetectorWindow = { lookBehind: 2, reach: 48 }

// Length by country: SWIFT IBAN registry, release 99.
const lengths = new Map(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24
  FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32
  LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24
  RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30`
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
)

/** Letters and digits of an account of this country; 0 when it has no IBANs. */
export function ibanLength(country: string): number {
  return lengths.get(country.toUpperCase()) ?? 0
}

const wordCharacter = /[\p{L}\p{N}_]/u

/** Finds IBANs: country, length and mod-97 check (ISO 13616), written in one piece or in groups. */
export function findIbanCodes({ text, digits, claims, urls }: Inspection): Detected[] {
  const found: Detected[] = []
  for (const group of digits) {
    const start = group.start - 2
    if (start < 0 || wordCharacter.test(text[start - 1] ?? ' ')) continue
    const length = lengths.get(text.slice(start, group.start).toUpperCase())
    if (length === undefined || group.digits.length < 2) continue
    const end = accountEnd(text, start, length)
    if (end === -1 || !claims.isFree(start, end) || !urls.isFree(start, end)) continue
    if (!passesMod97(text.slice(start, end))) continue
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

function passesMod97(written: string): boolean {
  const account = written.replace(/[ -]/g, '').toUpperCase()
  let rest = 0
  for (const character of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}
