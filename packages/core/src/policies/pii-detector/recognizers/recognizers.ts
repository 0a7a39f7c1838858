import type { PatternRecognizer } from './pattern-recognizer.ts'
import { usItin } from './us/us-itin.ts'
import { usMbi } from './us/us-mbi.ts'
import { usNpi } from './us/us-npi.ts'

/** Every recogniser that a configuration can ask for by its entity, one line each. */
export const recognizers: readonly PatternRecognizer[] = [usItin, usMbi, usNpi]
