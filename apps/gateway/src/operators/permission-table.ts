import { copyRoutes } from './copy-routes.ts'
import { keyRoutes } from './key-routes.ts'
import { logReadRoutes } from './log-read-routes.ts'
import type { LogReader } from './log-reader.ts'
import type { OperatorParts } from './operator-parts.ts'
import { operatorRoutes } from './operator-routes.ts'
import { reloadRoutes } from './reload-routes.ts'
import type { OperatorRoute } from './route.ts'
import { signInRoutes } from './sign-in-routes.ts'
import { stateRoutes } from './state-routes.ts'
import { tokenRoutes } from './token-routes.ts'

/** Everything that operators can ask for, and what each of it needs. */
export function permissionTable(parts: OperatorParts, reader: LogReader): readonly OperatorRoute[] {
  return [
    ...signInRoutes(parts),
    ...tokenRoutes(parts),
    ...operatorRoutes(parts),
    ...stateRoutes(parts),
    ...reloadRoutes(parts),
    ...keyRoutes(parts),
    ...logReadRoutes(parts, reader),
    ...copyRoutes(parts, reader),
  ]
}
