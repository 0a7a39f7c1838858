import { statusReport } from '../control/status-report.ts'
import { expositionType } from '../metrics/exposition.ts'
import type { OperatorParts } from './operator-parts.ts'
import { currentOf } from './operator-parts.ts'
import type { OperatorRoute } from './route.ts'

/** How the gateway is, and by what it decides: the configuration in its canonical form, which holds no secret. */
export function stateRoutes(parts: OperatorParts): readonly OperatorRoute[] {
  return [
    {
      ...{ method: 'GET', path: '/status', needs: 'status:read' },
      answer: (c) => {
        const deps = currentOf(parts)
        const { url, tls, reloader } = parts
        return c.json(statusReport({ deps, store: deps.store, url: url(), tls: tls(), reloader }))
      },
    },
    {
      ...{ method: 'GET', path: '/metrics', needs: 'status:read' },
      answer: (c) => c.body(parts.metrics(), 200, { 'content-type': expositionType }),
    },
    {
      ...{ method: 'GET', path: '/config', needs: 'config:read' },
      answer: (c) => {
        const { config, since } = currentOf(parts)
        const { hash, files, canonical } = config
        const facts = { hash, since: new Date(since).toISOString(), files }
        return c.json({ ...facts, config: JSON.parse(canonical) })
      },
    },
  ]
}
