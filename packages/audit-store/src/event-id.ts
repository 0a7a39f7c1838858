import { randomBytes } from 'node:crypto'

/** A new event id: `evt_` and a UUIDv7 (RFC 9562 §5.7), so that ids sort by time. `at` is in milliseconds since the epoch. */
export function eventId(at: number): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(at, 0, 6)
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6)
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8)
  const hex = bytes.toString('hex')
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ]
  return `evt_${groups.join('-')}`
}
