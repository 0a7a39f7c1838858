import { expect, it } from 'vitest'
import { traceIdOf } from './trace-id-of.ts'

const id = '4bf92f3577b34da6a3ce929d0e0e4736'
const zeros = '0'.repeat(32)

it('takes the trace id of a valid traceparent', () => {
  expect(traceIdOf(`00-${id}-00f067aa0ba902b7-01`)).toBe(id)
})

it.each([
  undefined,
  '',
  id,
  `00-${zeros}-00f067aa0ba902b7-01`,
  `00-${id}-0000000000000000-01`,
  `01-${id}-00f067aa0ba902b7-01`,
  `00-${id.toUpperCase()}-00f067aa0ba902b7-01`,
  `00-${id}-00f067aa0ba902b7-01-more`,
])('takes nothing from %j', (header) => {
  expect(traceIdOf(header)).toBeNull()
})
