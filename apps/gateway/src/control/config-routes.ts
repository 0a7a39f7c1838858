import { ConfigError, KeeptrustsError } from '@keeptrusts/core'
import type { Context } from 'hono'
import { Hono } from 'hono'
import type { ReloadActor } from '../audit/gateway-events.ts'
import type { LiveGateway } from '../reload/live-gateway.ts'
import type { Reloader } from '../reload/reloader.ts'
import { ControlRequestError, toControlError } from './control-error.ts'

interface ConfiguredGateway {
  readonly live: LiveGateway
  readonly reloader: Reloader
  /** Who asks, for the record. */
  readonly actorOf: (c: Context) => Promise<ReloadActor>
}

/** `GET config`: what decides now, in its canonical form, which holds no secret. `POST reload`: reads the files again. */
export function configRoutes({ live, reloader, actorOf }: ConfiguredGateway): Hono {
  const routes = new Hono()
  routes.get('/config', (c) => {
    const { config, since } = live.current()
    const { hash, files, canonical } = config
    const facts = { hash, since: new Date(since).toISOString(), files }
    return c.json({ ...facts, config: JSON.parse(canonical) })
  })
  routes.post('/reload', async (c) => {
    const actor = await actorOf(c)
    try {
      return c.json(await reloader.reload({ trigger: 'command', actor }))
    } catch (error) {
      if (!isRefusal(error)) throw error
      return c.json({ ...toControlError(error).body, issues: issuesOf(error) }, 422)
    }
  })
  return routes
}

/** On the control socket the file's permission let the sender in, who says who they are (decision K1). */
export async function actorInBody(c: Context): Promise<ReloadActor> {
  const body = asObject(await c.req.json().catch(() => null))
  const actor = asObject(body['actor'])
  const text = (value: unknown): string | null =>
    typeof value === 'string' ? value.slice(0, 200) : null
  return { os_user: text(actor['os_user']), operator: text(actor['operator']) }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** True when the files are the reason, not the gateway or its log. */
function isRefusal(error: unknown): error is KeeptrustsError {
  if (!KeeptrustsError.isInstance(error) || error instanceof ControlRequestError) return false
  return error.code !== 'audit_unavailable'
}

function issuesOf(error: KeeptrustsError): readonly object[] {
  if (!(error instanceof ConfigError)) return []
  return error.issues.map(({ position, suggestion = null, ...issue }) => ({
    ...issue,
    suggestion,
    ...position,
  }))
}
