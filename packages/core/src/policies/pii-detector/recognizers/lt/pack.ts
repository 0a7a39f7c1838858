import { verdict } from '../check-digits/compact.ts'
import { isBalticCode } from '../ee/pack.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Personal code of Lithuania. */
const ltAsmensKodas: PatternRecognizer = {
  entity: 'LT_ASMENS_KODAS',
  label: 'ASMENS_KODAS',
  aliases: ['ASMENS_KODAS'],
  forms: [form(String.raw`[1-6]\d{10}`, 200)],
  longest: 11,
  check: (written) => verdict(isBalticCode(written), true),
  cues: ['asmens kodas', 'asmens kodo', 'a.k.', 'personal code'],
  source: 'Lietuvos Respublikos gyventojų registro įstatymas, 8 straipsnis',
}

/** Lithuania. */
export const lt = [ltAsmensKodas]
