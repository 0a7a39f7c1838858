import type { LinearModel, PackedModel } from './linear-model.ts'
import { packedModel } from './model-weights.ts'

let unpacked: LinearModel | undefined

/** The shipped model; decoded on first use, because most commands never score a text. */
export function shippedModel(): LinearModel {
  unpacked ??= unpack(packedModel)
  return unpacked
}

/** Decodes a packed model. An empty table becomes one bucket that weighs nothing. */
function unpack({ weights, scale, bias }: PackedModel): LinearModel {
  const bytes = atob(weights)
  const table = new Int8Array(Math.max(1, bytes.length))
  for (let index = 0; index < bytes.length; index++) table[index] = bytes.charCodeAt(index)
  return { weights: table, scale, bias }
}
