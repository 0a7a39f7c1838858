import { agentFamilies } from './agents.ts'
import { deliveryFamilies } from './delivery.ts'
import type { Family } from './family.ts'
import { gameFamilies } from './games.ts'
import { instructionFamilies } from './instructions.ts'
import { personaFamilies } from './persona.ts'
import { pressureFamilies } from './pressure.ts'

/** Every rule family made of word patterns. */
export const families: readonly Family[] = [
  ...instructionFamilies,
  ...personaFamilies,
  ...deliveryFamilies,
  ...pressureFamilies,
  ...gameFamilies,
  ...agentFamilies,
]
