import type { ApiShape } from '@keeptrusts/core'

/** A path that calls come in by, and the API whose bodies it takes and gives. */
export interface Endpoint {
  /** As in `/v1/chat/completions`. */
  readonly path: string
  readonly shape: ApiShape
}

/** The path of each API. The one table: routes, checks and providers go by it. */
const paths: Readonly<Record<ApiShape, string>> = {
  'chat.completions': '/v1/chat/completions',
  completions: '/v1/completions',
  embeddings: '/v1/embeddings',
  responses: '/v1/responses',
}

/** The endpoint of an API. */
export function endpointOf(shape: ApiShape): Endpoint {
  return { shape, path: paths[shape] }
}

/** Every endpoint that calls a model. */
export const endpoints: readonly Endpoint[] = (Object.keys(paths) as ApiShape[]).map(endpointOf)
