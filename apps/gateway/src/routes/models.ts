import { Hono } from 'hono'
import type { GatewayDeps } from '../gateway-deps.ts'

/** `GET /v1/models`: the models of the targets, in OpenAI's list shape. */
export function models({ targets, status }: GatewayDeps): Hono {
  const created = Math.floor(status.startedAt / 1000)
  const byModel = new Map(targets.map((target) => [target.model, target.provider]))
  const data = [...byModel].map(([id, owner]) => ({
    id,
    object: 'model',
    created,
    owned_by: owner,
  }))
  return new Hono().get('/v1/models', (c) => c.json({ object: 'list', data }))
}
