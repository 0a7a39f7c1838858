import { ConfigError, KeeptrustsError } from '@keeptrusts/core'
import type { Context } from 'hono'
import type { ReloadActor } from '../audit/gateway-events.ts'
import { ControlRequestError, toControlError } from '../control/control-error.ts'
import type { OperatorParts } from './operator-parts.ts'
import type { Caller, OperatorRoute } from './route.ts'

/** Reads the files of the configuration again. What they say wrong is answered with 422 and every issue. */
export function reloadRoutes({ reloader }: OperatorParts): readonly OperatorRoute[] {
  return [
    {
      ...{ method: 'POST', path: '/reload', needs: 'config:reload' },
      answer: async (c, caller) => {
        const actor = await actorOf(c, caller)
        try {
          return c.json(await reloader.reload({ trigger: 'command', actor }))
        } catch (error) {
          if (!isRefusal(error)) throw error
          return c.json({ ...toControlError(error).body, issues: issuesOf(error) }, 422)
        }
      },
    },
  ]
}

/** On the control socket the file's permission let the sender in, who says who they are (decision K1). */
async function actorOf(c: Context, { kind, operator }: Caller): Promise<ReloadActor> {
  if (kind !== 'control') return { os_user: null, operator: operator?.email ?? null }
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
