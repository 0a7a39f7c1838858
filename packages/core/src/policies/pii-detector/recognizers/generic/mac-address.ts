import type { PatternRecognizer } from '../pattern-recognizer.ts'

const alone = '(?<![0-9a-f][:-])'
const end = '(?![0-9a-z]|[:-][0-9a-f]{2}(?![0-9a-z]))'

/** Hardware addresses (EUI-48, EUI-64) with colons, hyphens or dots; without separators only beside a cue. */
export const macAddress: PatternRecognizer = {
  entity: 'MAC_ADDRESS',
  label: 'MAC',
  aliases: ['MAC', 'HARDWARE_ADDRESS', 'ETHERNET_ADDRESS'],
  forms: [
    {
      pattern: new RegExp(
        `${alone}[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\\1){4}(?:[0-9a-f]{2}\\1[0-9a-f]{2}\\1)?[0-9a-f]{2}${end}`,
        'iy',
      ),
      score: 850,
    },
    { pattern: /[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![0-9a-z]|\.[0-9a-f])/iy, score: 700 },
    { pattern: /[0-9a-f]{12}(?![0-9a-z])/iy, score: 50 },
  ],
  longest: 23,
  // All zeros and all ones name no device.
  check: (written) => (/^(?:[0:.-]+|[f:.-]+)$/i.test(written) ? false : undefined),
  cues: [
    'mac',
    'mac address',
    'hardware address',
    'physical address',
    'ethernet',
    'bssid',
    'hwaddr',
  ],
  source: 'IEEE 802-2014, 8.2',
}
