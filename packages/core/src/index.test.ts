import { expect, test } from 'vitest'
import * as core from './index.ts'
import * as testing from './testing/index.ts'

test('the package exports exactly this: a change here is a change for everybody who uses it', () => {
  expect({
    core: Object.keys(core).sort(),
    testing: Object.keys(testing).sort(),
  }).toMatchInlineSnapshot(`
    {
      "core": [
        "BodyShapeError",
        "CircuitBreaker",
        "ConfigError",
        "JsonSyntaxError",
        "KeeptrustsError",
        "assertAuditValue",
        "buildCompletedEvent",
        "buildDecidedEvent",
        "builtinPolicies",
        "configJsonSchema",
        "createEngine",
        "decodeJsonBytes",
        "definePlugin",
        "definePolicy",
        "docsAnchor",
        "errorCodes",
        "errorEntry",
        "explainRequest",
        "formatIssue",
        "formatPosition",
        "isForbiddenAddress",
        "knownProviders",
        "laterProviders",
        "lintConfig",
        "newEventId",
        "newRequestId",
        "parseConfig",
        "policiesWith",
        "policyCatalogue",
        "scanJson",
        "spliceJson",
        "surfaceTable",
        "turnMs",
      ],
      "testing": [
        "engineOf",
        "messagesOf",
        "parsePolicyCases",
        "parsePolicyTest",
        "runPolicyCases",
        "runPolicyTests",
      ],
    }
  `)
})
