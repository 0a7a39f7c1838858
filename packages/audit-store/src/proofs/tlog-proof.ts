/** A proof that a log holds an entry, in the form of C2SP tlog-proof. */
export interface TlogProof {
  /** Place of the entry, counted from 0. */
  readonly index: number
  /** Audit path of RFC 6962 §2.1.1: the sibling of the leaf first. */
  readonly hashes: readonly Buffer[]
  /** The signed note of a tree that holds the entry. */
  readonly checkpoint: string
}

const header = 'c2sp.org/tlog-proof@v1'
/** A tree of more leaves than can be counted is not higher. */
const maximalHashes = 64

/** Writes a proof as text. */
export function formatTlogProof({ index, hashes, checkpoint }: TlogProof): string {
  const lines = [header, `index ${index}`, ...hashes.map((hash) => hash.toString('base64')), '']
  return `${lines.join('\n')}\n${checkpoint}`
}

/** Reads a proof; `null` for what is not one. Extra data is skipped: nothing vouches for it. */
export function parseTlogProof(text: string): TlogProof | null {
  const split = text.indexOf('\n\n')
  if (split === -1) return null
  const [first, ...lines] = text.slice(0, split).split('\n')
  if (lines[0]?.startsWith('extra ')) lines.shift()
  const [, index = ''] = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '') ?? []
  const hashes = lines.map(parseHash)
  if (first !== header || index === '' || hashes.length > maximalHashes) return null
  if (!hashes.every((hash) => hash !== null)) return null
  return { index: Number(index), hashes, checkpoint: text.slice(split + 2) }
}

function parseHash(line: string): Buffer | null {
  const hash = Buffer.from(line, 'base64')
  return hash.length === 32 && hash.toString('base64') === line ? hash : null
}
