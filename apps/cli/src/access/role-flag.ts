import { roles } from '@keeptrusts/access'
import * as Flags from '@oclif/core/flags'

/** `--role`: a role of an operator. */
export const roleFlag = Flags.option({
  description: 'Role of the person.',
  options: roles,
})
