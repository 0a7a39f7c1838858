import { deliveryFamilies } from './delivery.ts'
import type { Family } from './family.ts'
import { instructionFamilies } from './instructions.ts'
import { personaFamilies } from './persona.ts'

/** Every rule family made of word patterns. */
export const families: readonly Family[] = [
  ...instructionFamilies,
  ...personaFamilies,
  ...deliveryFamilies,
]
