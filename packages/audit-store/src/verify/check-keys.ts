import type { AuditEvent } from '@keeptrusts/core'
import type { KeyEpoch, KeyEpochs } from './key-epochs.ts'
import type { OwnEvents, PlacedEvent } from './own-events.ts'
import type { Findings, PinReport } from './report.ts'

/** A verifier key that somebody trusts, and where it came from. */
export interface PinnedKey {
  readonly vkey: string
  readonly source: 'given' | 'key-file'
}

interface KeyCheck {
  readonly keys: KeyEpochs
  readonly own: OwnEvents
  /** The first event that was read. */
  readonly start: number
  /** Whether `start` is where the log begins, so that what came before must be told by the log itself. */
  readonly isWhole: boolean
  readonly findings: Findings
}

/**
 * Checks that every signing key came into the log the proper way: the first with `audit.genesis`, each later one with
 * `audit.key_rotated`; of those that retention has deleted, the newest `audit.pruned` tells.
 */
export function checkKeys({ keys, own, start, isWhole, findings }: KeyCheck): void {
  const told = toldKeys(own, { start, keys, isWhole })
  for (const { seq, event } of own.rotations) {
    const epoch = epochOf(seq, event)
    if (epoch !== null) told.set(epoch.from_size, epoch.vkey)
  }
  for (const { from_size, vkey } of keys.rows) {
    if (told.get(from_size) !== vkey) {
      findings.add({
        code: 'key-unrecorded',
        size: from_size,
        message: `No event of the log brought in the key that signs checkpoints of ${from_size} events and more.`,
      })
    }
    told.delete(from_size)
  }
  for (const from_size of told.keys()) {
    findings.add({
      code: 'key-unrecorded',
      size: from_size,
      message: `The key that an event brought in for checkpoints of ${from_size} events and more is not in signing_keys.`,
    })
  }
}

function toldKeys(
  { genesis, prunings }: OwnEvents,
  { start, keys, isWhole }: Pick<KeyCheck, 'start' | 'keys' | 'isWhole'>,
): Map<number, string> {
  if (!isWhole) {
    const before = keys.rows.filter(({ from_size }) => from_size <= start + 1)
    return new Map(before.map(({ from_size, vkey }) => [from_size, vkey]))
  }
  const told = new Map<number, string>()
  // A pruning tells of the keys whose events it deleted, and of no others: or whoever forges one could tell of their own.
  for (const { event } of start > 0 ? prunings : []) {
    for (const { from_size, vkey } of epochsOf(event['signing_keys'])) {
      if (from_size <= start + 1) told.set(from_size, vkey)
    }
  }
  for (const { seq, event } of genesis) {
    if (event['adopted'] === seq && typeof event['vkey'] === 'string') told.set(0, event['vkey'])
  }
  return told
}

/** The epoch that an `audit.key_rotated` event begins; `null` for keys that sign nothing. */
function epochOf(seq: number, event: AuditEvent): KeyEpoch | null {
  const { key, vkey, endorsed } = event
  if (key !== 'signing' || typeof vkey !== 'string') return null
  // The old key signs the tree that holds the event, unless it is lost.
  return { from_size: endorsed === true ? seq + 2 : seq + 1, vkey }
}

/** Reads `signing_keys` of an `audit.pruned` event. */
function epochsOf(value: unknown): readonly KeyEpoch[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((entry: unknown) => {
    const { from_size, vkey } = (entry ?? {}) as { from_size?: unknown; vkey?: unknown }
    return typeof from_size === 'number' && typeof vkey === 'string' ? [{ from_size, vkey }] : []
  })
}

/**
 * Holds the log against a key from outside of it. Any key of the log will do, as long as each one after it came with the signature of
 * the one before: a lost key vouches for nobody.
 */
export function checkPin(
  pin: PinnedKey | null,
  { keys, own, findings }: Pick<KeyCheck, 'keys' | 'own' | 'findings'>,
): PinReport {
  if (pin === null) return { source: 'none', state: 'none' }
  const { source } = pin
  const place = keys.rows.findLastIndex(({ vkey }) => vkey === pin.vkey)
  if (place === -1) {
    findings.add({ code: 'key-foreign', size: 0, message: foreignKey(source) })
    return { source, state: 'foreign' }
  }
  const later = keys.rows.slice(place + 1)
  if (later.length === 0) return { source, state: 'current' }
  const rotations = later.map((epoch) => rotationOf(epoch, own.rotations))
  // Whatever is not an endorsement in so many words is none.
  const broken = rotations.find(
    (rotation) => rotation !== undefined && rotation.event['endorsed'] !== true,
  )
  if (broken) {
    findings.add({
      code: 'key-unendorsed',
      seq: broken.seq,
      message: `Event ${broken.seq} went on with a new key without the signature of the old one. If you did that, verify with the new key.`,
    })
    return { source, state: 'unendorsed' }
  }
  return { source, state: rotations.includes(undefined) ? 'outlived' : 'endorsed' }
}

function rotationOf(
  { from_size, vkey }: KeyEpoch,
  rotations: readonly PlacedEvent[],
): PlacedEvent | undefined {
  return rotations.find(({ seq, event }) => {
    const epoch = epochOf(seq, event)
    return epoch?.from_size === from_size && epoch.vkey === vkey
  })
}

function foreignKey(source: PinnedKey['source']): string {
  return source === 'given'
    ? 'The log was never signed with the key that was given.'
    : 'The log was never signed with the key in the keys folder. If it was written elsewhere, give its own key with --vkey.'
}

/** An endorsed rotation is one only with the checkpoint that the old key signed over it. */
export function checkEndorsements(
  rotations: readonly PlacedEvent[],
  { has, findings }: { readonly has: (size: number) => boolean; readonly findings: Findings },
): void {
  for (const { seq, event } of rotations) {
    const epoch = epochOf(seq, event)
    if (epoch === null || event['endorsed'] !== true || has(seq + 1)) continue
    findings.add({
      code: 'checkpoint-missing',
      seq,
      size: seq + 1,
      message: `The checkpoint that the old key signed over the rotation in event ${seq} is missing.`,
    })
  }
}
