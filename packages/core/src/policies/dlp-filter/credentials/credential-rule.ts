/** How a secret that is longer than a window goes on behind the match. */
export type LongForm = 'base64' | 'key-block' | 'putty' | 'token' | 'run'

/** One format in which a vendor writes its credentials. */
export interface CredentialRule {
  /** Kebab-case, vendor first: `github-fine-grained-token`. */
  readonly id: string
  /** Who issues it, as people write the name. */
  readonly vendor: string
  /**
   * Literals of at least three characters, lower-case, one of which stands in every text that holds a match (compared without
   * regard to case), within `reach` characters of it. They decide whether `pattern` is tried at all: the rarer, the cheaper.
   */
  readonly keywords: readonly string[]
  /**
   * With the flags `dg` (and `i` where case does not matter): finds the credential in a window around a keyword. The named group
   * `secret` is what is hidden; the whole match where there is none. Bounded everywhere, no nested quantifiers; what may not stand
   * before and behind is said with single-character lookarounds.
   */
  readonly pattern: RegExp
  /** Set when every match begins with a keyword, before which neither letter nor digit may stand: others are not looked at. */
  readonly opens?: true
  /** A literal without letters that every match holds, beside a keyword: the pattern is tried only where it stands too. */
  readonly holds?: string
  /** Longest stretch from the first character of the match, or of its keyword, to the end of the match; at most 512, which is the default. */
  readonly reach?: number
  /** The secret may go on behind the match; then its pattern matches the beginning only. */
  readonly goesOn?: LongForm
  /** Least Shannon entropy of the secret, in bits per character; no test when absent. */
  readonly minEntropy?: number
  /** Says what a pattern cannot say: secrets for which it is false do not count. */
  readonly check?: (secret: string) => boolean
  /**
   * Says whether a check sum inside the secret is right. It proves a secret, it does not rule one out: a wrong sum may be a
   * sum that the vendor changed, and a dummy that is hidden costs less than a key that is not.
   */
  readonly proof?: (secret: string) => boolean
  /** URL of the vendor's page that documents the format. */
  readonly source: string
}
