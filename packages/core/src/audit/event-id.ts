/** A fresh event id: `evt_` and a UUIDv7 (RFC 9562 §5.7) of `time`, milliseconds since the epoch. */
export function newEventId(time: number = Date.now()): string {
  return `evt_${uuidV7(time)}`
}

/** A fresh request id: `req_` and a UUIDv7 of `time`, milliseconds since the epoch. */
export function newRequestId(time: number = Date.now()): string {
  return `req_${uuidV7(time)}`
}

// Random bytes are fetched for many ids at once: one fetch costs more than all the rest of an id.
const idBytes = 10
const pool = new Uint8Array(idBytes * 256)
let used = pool.length

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function uuidV7(time: number): string {
  if (used >= pool.length) {
    globalThis.crypto.getRandomValues(pool)
    used = 0
  }
  const stamp = Math.trunc(time).toString(16).padStart(12, '0').slice(-12)
  let random = ''
  for (let index = used; index < used + idBytes; index += 1) random += hex[pool[index] ?? 0]
  const variant = (8 + ((pool[used] ?? 0) % 4)).toString(16)
  used += idBytes
  // the first byte gives the variant; the nibbles that version and variant take are left out
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${random.slice(2, 5)}-${variant}${random.slice(5, 8)}-${random.slice(8)}`
}
