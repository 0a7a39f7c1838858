import { seeded } from './logistic.mjs'
import { deliveryTemplates } from './samples/delivery-templates.mjs'
import { expand, pick, textsOf } from './samples/expand.mjs'
import { harmlessTemplates } from './samples/harmless-templates.mjs'
import { languageAttacks } from './samples/other-languages.mjs'
import { overrideTemplates } from './samples/override-templates.mjs'
import { personaTemplates } from './samples/persona-templates.mjs'

const PER_TEMPLATE = 28
const LONG = 150
const PLANTED = 150
const PER_LANGUAGE_TEMPLATE = 5

/**
 * Attacks written for this project from what is known of attack classes, one row per filled template. All of a template
 * share a group, so that a fold is never judged by a fit that has seen its template.
 */
export function ownAttacks() {
  const random = seeded(11)
  const families = { ...overrideTemplates, ...personaTemplates, ...deliveryTemplates }
  const rows = []
  for (const [subset, templates] of Object.entries(families)) {
    for (const [index, template] of templates.entries()) {
      rows.push(...rowsOf(subset, index, textsOf(template, PER_TEMPLATE, random)))
    }
  }
  for (const [language, templates] of Object.entries(languageAttacks)) {
    for (const template of templates) {
      rows.push(
        ...rowsOf(`own-language`, language, textsOf(template, PER_LANGUAGE_TEMPLATE, random)),
      )
    }
  }
  const long = [...Object.values(personaTemplates).flat(), ...overrideTemplates['own-override']]
  for (let index = 0; index < LONG; index++) {
    const texts = Array.from({ length: 3 + (index % 6) }, () => expand(pick(long, random), random))
    rows.push(...rowsOf('own-long', index % 12, [texts.join(index % 3 === 0 ? '\n' : ' ')]))
  }
  const hijacks = [...overrideTemplates['own-override'], ...Object.values(deliveryTemplates).flat()]
  const harmless = Object.values(harmlessTemplates).flat()
  for (let index = 0; index < PLANTED; index++) {
    const around = Array.from({ length: 1 + (index % 3) }, () =>
      expand(pick(harmless, random), random),
    )
    around.splice(
      Math.floor(random() * (around.length + 1)),
      0,
      expand(pick(hijacks, random), random),
    )
    rows.push(...rowsOf('own-planted', index % 12, [around.join(index % 2 === 0 ? '\n' : ' ')]))
  }
  return rows
}

function rowsOf(subset, index, texts) {
  return texts.map((text, number) => ({
    id: `${subset}-${index}-${number}`,
    text,
    label: 'injection',
    source: 'keeptrusts:own-attacks',
    licence: 'Apache-2.0',
    subset,
    group: `${subset}-${index}`,
    trainable: true,
    own: true,
  }))
}
