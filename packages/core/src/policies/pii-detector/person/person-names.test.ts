import { describe, expect, it } from 'vitest'
import { workTime } from '../../../fixtures/work-time.ts'
import type { Direction } from '../../../message/segment.ts'
import { findEntities } from '../find-entities.ts'
import { planOf } from '../fixtures/scan-in-pieces.ts'
import type { PersonMode } from './person-mode.ts'

function names(text: string, mode: PersonMode = 'balanced', direction: Direction = 'request') {
  const plan = planOf({ entities: ['PERSON'], person: { mode } })
  return findEntities(text, direction, plan).map(({ start, end }) => text.slice(start, end))
}

describe('names of people', () => {
  it.each([
    ['Please send the invoice to Priyanka Venkataraman.', ['Priyanka Venkataraman']],
    ['Yesterday Nnamdi Okonkwo met Ingrid Solbakken.', ['Nnamdi Okonkwo', 'Ingrid Solbakken']],
    ['We spoke with Thorsten Gruber about it', ['Thorsten Gruber']],
    ["Siobhan O'Brien's flight is late", ["Siobhan O'Brien"]],
    ['Jean-Luc Moreau signed the lease', ['Jean-Luc Moreau']],
    ['NAME: JOHN SMITH', ['JOHN SMITH']],
    ['From: Agnieszka Wojcik\nSubject: lunch', ['Agnieszka Wojcik']],
    ['Kind regards,\nMateo Fuentes', ['Mateo Fuentes']],
    ['Ich heiße Annegret und brauche Hilfe.', ['Annegret']],
    ["Bonjour, je m'appelle Thibault.", ['Thibault']],
    ['Hola, me llamo Ximena Quiroga.', ['Ximena Quiroga']],
    ['Buongiorno, mi chiamo Ludovica.', ['Ludovica']],
    ['Nazywam się Katarzyna Zielińska.', ['Katarzyna Zielińska']],
    ['Frau Oberhuber hat angerufen', ['Oberhuber']],
    ['the contract of Willem van der Meer', ['Willem van der Meer']],
  ])('are found in %j', (text, found) => {
    expect(names(text)).toEqual(found)
  })

  // What a user of models writes all day. Products, models and code are capitalised like names.
  it.each([
    'Register Claude as a model in the Unity Catalog',
    'Is Spark faster than Ray on Databricks?',
    'Delta Lake and Apache Iceberg in one query',
    'Jenkins failed again, restart the Docker agent',
    'Compare Gemini with Llama and Mistral',
    'Fine-tune BERT and log it to MLflow',
    'Airflow starts the Kafka consumer every Monday',
    'ERROR Connection refused\nWARN Retry in 5 seconds\nINFO Server started',
    'class RandomForestClassifier(BaseEstimator): pass',
    'import Tensor from Torch; const Model = new Trainer()',
    'Our office in Berlin is closed in December',
    'The University of Toronto and Goldman Sachs',
    'Promote version 3 to Staging, then to Production',
    'How do I use Grafana with Prometheus?',
    'Hello! Please translate this sentence into French.',
    'The Hessian and the Jacobian are matrices; Gaussian noise is added.',
    'Best Regards',
    'Dear Customer Support Team',
  ])('are not found in %j', (text) => {
    expect(names(text)).toEqual([])
    expect(names(text, 'balanced', 'response')).toEqual([])
  })

  it('are fewer in precise mode and more in recall mode, never others', () => {
    const text = 'Zelinka, Okafor and Brandt won. Wolanski sang. Maria Lopez ran to Gruber.'
    const [precise, balanced, recall] = (['precise', 'balanced', 'recall'] as const).map((mode) =>
      names(text, mode),
    )
    expect(precise).toContain('Maria Lopez')
    expect(balanced).toEqual(expect.arrayContaining(precise ?? []))
    expect(recall).toEqual(expect.arrayContaining(balanced ?? []))
    expect(recall?.length).toBeGreaterThan(precise?.length ?? 0)
  })
})

describe('time', () => {
  it.each([
    'John Smith Mary Jones ',
    'Abcdef ',
    'Quillsworth, ',
    'JOHN SMITH\n',
    'Ms. Quillsworth ',
  ])('grows with the length of a text of %j, not faster', async (unit) => {
    const time = (length: number) =>
      workTime(() => names(unit.repeat(Math.ceil(length / unit.length))))
    await time(10_000)
    // Ten times the text; a quadratic step would need a hundred times the time.
    expect(await time(200_000)).toBeLessThan(40 * Math.max(await time(20_000), 2))
  })
})
