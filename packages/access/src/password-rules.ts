const MIN_CHARACTERS = 12
const MAX_CHARACTERS = 1024

/**
 * What is wrong with a new password, as one sentence, or `null`. Length is what counts (NIST SP 800-63B §5.1.1.2);
 * there are no rules about digits and signs.
 */
export function passwordProblem(password: string, email: string): string | null {
  const characters = [...password].length
  if (characters < MIN_CHARACTERS)
    return `The password has fewer than ${MIN_CHARACTERS} characters.`
  if (characters > MAX_CHARACTERS) return `The password has more than ${MAX_CHARACTERS} characters.`
  if (password.toLowerCase() === email.toLowerCase()) return 'The password is the e-mail address.'
  if (new Set(password).size < 3) return 'The password repeats one or two characters.'
  return null
}
