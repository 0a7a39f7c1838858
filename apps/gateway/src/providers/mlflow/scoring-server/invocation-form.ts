import type { Target } from '@keeptrusts/core'

/**
 * How a call is put to a scoring server (decision W4): `full` = messages and chat parameters, `messages` = messages
 * alone, `inputs` = the text for models that know no messages.
 */
export type InvocationForm = 'full' | 'messages' | 'inputs'

/** The forms to try in turn; `mlflow.input` and `mlflow.allow_keys` of the target shorten the list. */
export function invocationForms(
  { input, allow_keys: keys }: Target['mlflow'],
  learned?: InvocationForm,
): readonly InvocationForm[] {
  if (input === 'inputs') return ['inputs']
  const forms: InvocationForm[] = keys ? ['full'] : ['full', 'messages']
  if (input !== 'messages') forms.push('inputs')
  return learned ? [learned, ...forms.filter((form) => form !== learned)] : forms
}
