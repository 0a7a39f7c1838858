import type { AccessStore, Operator } from '@keeptrusts/access'
import { CliError } from '../errors/cli-error.ts'

/** An operator by id or e-mail address. Throws `CliError` `operator-unknown`, also where an address belongs to several. */
export function findOperator({ operators }: AccessStore, name: string): Operator {
  const email = name.trim().toLowerCase()
  const found = operators.list().filter((one) => one.id === name || one.email === email)
  const [operator] = found
  if (operator !== undefined && found.length === 1) return operator
  throw new CliError({
    code: 'operator-unknown',
    message:
      found.length === 0
        ? 'There is no operator of this id or e-mail address.'
        : 'Several operators have this e-mail address.',
    suggestion: 'Use an id that kt auth operator list shows.',
  })
}

/** What an event says of an operator who was added, changed or removed; the gateway's own routes say the same. */
export function operatorFields({ id, email, role }: Operator, changed: 'all' | 'role') {
  return { operator: id, email, role, changed }
}

/** An operator as `--json` prints one. */
export function operatorJson({ id, email, role }: Operator) {
  return { id, email, role }
}
