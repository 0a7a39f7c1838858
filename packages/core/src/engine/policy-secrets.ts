import type { Config } from '../config/config.ts'
import { KeeptrustsError } from '../errors/keeptrusts-error.ts'
import type { Secrets } from '../policies/policy.ts'

/** Shorter keys can be guessed. */
const shortestSecret = 16

/** The variables of `env`. Throws `policy-secret-missing` when one that a policy of the chain needs is unset or too short. */
export function policySecrets(
  { chain }: Pick<Config, 'chain'>,
  env: Readonly<Record<string, string | undefined>>,
): Secrets {
  for (const { kind, definition, options } of chain)
    for (const variable of definition.secrets?.(options) ?? [])
      if ((env[variable]?.length ?? 0) < shortestSecret) throw missing(kind, variable)
  return (variable) => env[variable]
}

function missing(kind: string, variable: string): KeeptrustsError {
  return new KeeptrustsError({
    code: 'policy-secret-missing',
    message: `${variable}, which the policy "${kind}" needs, is not set or shorter than ${shortestSecret} characters.`,
    suggestion: `Set ${variable}, for example to what \`openssl rand -hex 32\` prints, and start again.`,
  })
}
