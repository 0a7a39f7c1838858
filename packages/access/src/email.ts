const MAX_CHARACTERS = 254

/** The form under which an e-mail address is stored and looked up: trimmed, NFC, lower case. */
export function normalizeEmail(email: string): string {
  return email.trim().normalize('NFC').toLowerCase()
}

/** Something on both sides of one `@`, without blanks and control characters. Whether it receives mail is not our business. */
export function isEmail(email: string): boolean {
  return email.length <= MAX_CHARACTERS && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(email)
}
