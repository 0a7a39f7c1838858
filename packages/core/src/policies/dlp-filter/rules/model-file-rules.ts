import type { Rule } from './rule.ts'

const file = {
  category: 'mlflow.model_files',
  type: 'MODEL_FILE',
  goesOn: 'base64',
  reach: 440,
} as const

/**
 * Model files in base64, as in data URLs and notebooks: told by the first bytes of each format. A pattern matches the
 * beginning of the file; the rest is claimed to its end.
 */
export const modelFileRules: readonly Rule[] = [
  {
    ...file,
    id: 'gguf-file',
    // "GGUF" and a version below 256.
    keywords: ['r0dvr'],
    pattern: /(?<![A-Za-z0-9+/])R0dVRg[A-P]AAA[A-Za-z0-9+/]{38,400}/d,
  },
  {
    ...file,
    id: 'safetensors-file',
    // Eight bytes of length, of which the upper ones are zero, then `{"`.
    keywords: ['aaaaaab7i'],
    pattern: /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{4}AAAAAAB7I[A-Za-z0-9+/]{38,400}/d,
  },
  {
    ...file,
    id: 'pickle-file',
    keywords: ['gasv', 'gawv', 'gaj', 'gai', 'gak', 'gal', 'gan', 'gao', 'gam', 'gap'],
    opens: true,
    pattern: /(?<![A-Za-z0-9+/])gA[SWIJKLMNOP][A-Za-z0-9+/]{45,400}/d,
    check: isPickle,
  },
  {
    ...file,
    id: 'zipped-model-file',
    keywords: ['uesdb'],
    opens: true,
    pattern: /(?<![A-Za-z0-9+/])UEsDB[A-Za-z0-9+/]{59,400}/d,
    check: isZippedModel,
  },
  {
    ...file,
    id: 'onnx-file',
    keywords: ['cams', 'caqs', 'caus', 'cays', 'cacs', 'cags', 'caks', 'caos', 'cass'],
    opens: true,
    pattern: /(?<![A-Za-z0-9+/])CA[M-Za-z]S[A-Za-z0-9+/]{60,400}/d,
    check: isOnnx,
  },
  {
    ...file,
    id: 'hdf5-file',
    keywords: ['iuherg0kggo'],
    pattern: /(?<![A-Za-z0-9+/])iUhERg0KGgo[A-Za-z0-9+/]{40,400}/d,
  },
]

/** The bytes that base64 letters spell, one character each; empty when they spell none. */
function bytesOf(letters: string): string {
  return atob(letters.slice(0, letters.length - (letters.length % 4)))
}

/** Protocol 2 or 3 with an opcode that begins an object, or 4 or 5 with its frame. */
function isPickle(letters: string): boolean {
  const hex = hexOf(letters.slice(0, 96))
  return framedPickle.test(hex) || plainPickle.test(hex)
}

/** 80, the protocol, and the frame opcode with a length below 2^40. */
const framedPickle = /^800[45]95(?:..){5}0{6}/
/** A list, dictionary, tuple or mark that is remembered at once; a global name; a text; the magic number of torch.save. */
const plainPickle =
  /^800[23](?:(?:5d|7d|29|28)7100|63(?:6[1-9a-f]|7[0-9a]|5f|2e){2,48}0a|58(?:..){3}00|8a0a6cfc9c)/

/** A ZIP archive whose first entries are those of a saved network or table of arrays. */
function isZippedModel(letters: string): boolean {
  const bytes = bytesOf(letters)
  return (
    bytes.startsWith('PK') && /data\.pkl|\.npy|model\.(?:json|weights)|constants\.pkl/.test(bytes)
  )
}

/** A protobuf message with a version of the format and then the name of a program that writes ONNX files. */
function isOnnx(letters: string): boolean {
  const hex = hexOf(letters.slice(0, 96))
  const name = bytesOf(letters).slice(4, 24)
  return /^080[3-9a-f]12[0-4]/.test(hex) && onnxWriter.test(name)
}

const onnxWriter =
  /^(?:pytorch|skl2onnx|tf2onnx|keras2onnx|onnx|OnnxMLTools|ML\.NET|CNTK|onnxconverter|backend-test)/i

function hexOf(letters: string): string {
  return Array.from(bytesOf(letters), (byte) =>
    byte.charCodeAt(0).toString(16).padStart(2, '0'),
  ).join('')
}
