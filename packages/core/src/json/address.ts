/**
 * Where something stands in a body. `address` may be shown: a key that its sender could have made up of anything is
 * written as `*`. `channel` is exact, and equal for the same place in two events of a stream.
 */
export interface Place {
  readonly address: string
  readonly channel: string
}

/** The body itself. */
export const rootPlace: Place = { address: '', channel: '' }

const plainKey = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/

/** The place of `key` in the object at `place`. */
export function atKey(place: Place, key: string): Place {
  const plain = plainKey.test(key)
  const address = joined(place.address, plain ? key : '*')
  if (plain && place.address === place.channel) return { address, channel: address }
  return { address, channel: joined(place.channel, plain ? key : JSON.stringify(key)) }
}

/** The place of a key itself, as opposed to its value: what the key says is not shown. */
export function atSomeKey(place: Place): Place {
  return { address: joined(place.address, '*'), channel: joined(place.channel, '*') }
}

/** The place of another key of the same object; `place` is that of `key`, a key that may be shown. */
export function besideKey(place: Place, key: string, other: string): Place {
  return {
    address: place.address.slice(0, -key.length) + other,
    channel: place.channel.slice(0, -key.length) + other,
  }
}

/** The place of item `index` in the array at `place`. */
export function atIndex(place: Place, index: number): Place {
  const address = `${place.address}[${index}]`
  if (place.address === place.channel) return { address, channel: address }
  return { address, channel: `${place.channel}[${index}]` }
}

function joined(parent: string, key: string): string {
  return parent === '' ? key : `${parent}.${key}`
}
