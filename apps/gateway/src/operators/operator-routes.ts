import type { OperatorRoute } from './operator-route.ts'
import type { OperatorServices } from './operator-services.ts'
import { authRoutes } from './routes/auth-routes.ts'
import { copyRoutes } from './routes/copy-routes.ts'
import { eventRoutes } from './routes/event-routes.ts'
import { keyRoutes } from './routes/key-routes.ts'
import { operatorAdminRoutes } from './routes/operator-admin-routes.ts'
import { statusRoutes } from './routes/status-routes.ts'
import { tokenRoutes } from './routes/token-routes.ts'

/** Every route of operators: what is not here does not exist over the network. */
export function operatorRoutes(services: OperatorServices): readonly OperatorRoute[] {
  return [
    ...authRoutes(services),
    ...tokenRoutes(services),
    ...operatorAdminRoutes(services),
    ...keyRoutes(services),
    ...statusRoutes(services),
    ...eventRoutes(services),
    ...copyRoutes(services),
  ]
}
