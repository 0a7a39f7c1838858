import type { KeyObject } from 'node:crypto'
import { sign, verify } from 'node:crypto'
import type { VerifierKey } from './verifier-key.ts'
import { publicKeyObject } from './verifier-key.ts'

/** One signature line of a note. */
interface NoteSignature {
  readonly name: string
  readonly keyId: Buffer
  readonly signature: Buffer
}

/** A note taken apart: what was signed, and by whom. */
export interface SignedNote {
  /** With its last line feed. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** Who signs: the private key, and the name and id that its lines carry. */
export interface NoteSigner extends Pick<VerifierKey, 'name' | 'id'> {
  readonly key: KeyObject
}

/**
 * Signs a text in the form of C2SP signed-note: the text, an empty line, and `— <name> <base64(key id || Ed25519 signature)>`.
 * The text must end with a line feed.
 */
export function signNote(text: string, { key, name, id }: NoteSigner): string {
  const signature = sign(null, Buffer.from(text, 'utf8'), key)
  return `${text}\n— ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`
}

/** Takes a note apart; `null` when it is not one. At most 16 signature lines, as C2SP advises. */
export function parseNote(note: string): SignedNote | null {
  const split = note.lastIndexOf('\n\n')
  if (split === -1 || !note.endsWith('\n')) return null
  const lines = note.slice(split + 2, -1).split('\n')
  if (lines.length > 16) return null
  const signatures = lines.map(parseLine)
  if (!signatures.every((signature) => signature !== null)) return null
  return { text: note.slice(0, split + 1), signatures }
}

/** Whether a key signed the note: a line names it, and no line that does has a wrong signature. Lines of other keys do not matter. */
export function isSignedBy(note: SignedNote, key: VerifierKey): boolean {
  const object = publicKeyObject(key.publicKey)
  const text = Buffer.from(note.text, 'utf8')
  const own = note.signatures.filter(({ name, keyId }) => name === key.name && keyId.equals(key.id))
  return own.length > 0 && own.every(({ signature }) => verify(null, text, object, signature))
}

function parseLine(line: string): NoteSignature | null {
  const [, name = '', encoded = ''] = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/.exec(line) ?? []
  const bytes = Buffer.from(encoded, 'base64')
  // Base64 text with stray bits decodes too; what is not what an encoder writes is refused, so that no bit goes unchecked.
  // How long a signature is depends on the key: those of witnesses carry a time, or are of another kind.
  if (bytes.length < 5 || bytes.toString('base64') !== encoded) return null
  return { name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) }
}
