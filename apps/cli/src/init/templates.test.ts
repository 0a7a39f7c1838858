import { expect, it } from 'vitest'
import { templateOf } from './choose-template.ts'
import { templateNamed } from './templates.ts'

it('takes names in any case of letters', () => {
  expect(templateNamed('MLflow')).toBe('mlflow')
})

it.each([
  ['agent-firewall', /known, not available/, /closest is --template agents/],
  ['healthcare-us-hipaa', /known, not available/, /^Templates: mlflow, databricks/],
  ['constructor', /There is no template "constructor"/, /^Templates: mlflow/],
])('says what there is in the place of %s', (name, message, suggestion) => {
  expect(() => templateNamed(name)).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(message),
      suggestion: expect.stringMatching(suggestion),
    }),
  )
})

it.each([
  ['', 'mlflow'],
  [' 4 ', 'agents'],
  ['openai', 'openai'],
])('understands the answer %j of the menu', (typed, name) => {
  expect(templateOf(typed)).toBe(name)
})

it.each(['0', '5', '-1', 'x'])('asks for another answer than %j', (typed) => {
  expect(() => templateOf(typed)).toThrow(/no template/)
})
