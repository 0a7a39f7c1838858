import { statusReport } from '../../control/status-report.ts'
import { expositionType } from '../../metrics/exposition.ts'
import type { OperatorRoute } from '../operator-route.ts'
import type { OperatorServices } from '../operator-services.ts'

/** How the gateway is, and with which configuration. */
export function statusRoutes(services: OperatorServices): readonly OperatorRoute[] {
  return [
    {
      method: 'GET',
      path: '/status',
      access: 'status:read',
      handle: () => {
        const { deps, store, url } = services
        return Response.json(statusReport({ deps, store, url, tls: deps.status.tls }))
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      access: 'status:read',
      handle: () =>
        new Response(services.metrics(), { headers: { 'content-type': expositionType } }),
    },
    {
      method: 'GET',
      path: '/config',
      access: 'config:read',
      handle: () => {
        const { config, since } = services.deps
        const { hash, files, canonical } = config
        return Response.json({
          hash,
          since: new Date(since).toISOString(),
          files,
          config: JSON.parse(canonical),
        })
      },
    },
  ]
}
