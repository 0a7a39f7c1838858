type Json = Readonly<Record<string, unknown>>

/**
 * Categories of Databricks' safety filter (those of Llama Guard), by the names it uses. A closed list: these stand in the
 * client's error, and what else an upstream puts into its bodies does not.
 */
const categories = new Set(
  `violent-crimes non-violent-crimes sex-crimes sex-related-crimes child-exploitation child-sexual-exploitation
   defamation specialized-advice privacy intellectual-property indiscriminate-weapons hate self-harm sexual-content
   elections code-interpreter-abuse violence hate-unfairness criminal-planning guns-and-illegal-weapons
   regulated-or-controlled-substances jailbreak prompt-injection`.split(/\s+/),
)

/**
 * What a guardrail of the model server found, when that is why it refused the call: the names of Databricks' categories,
 * `pii`, or nothing but the fact. `null` for any other error. Databricks puts the report as JSON text into `message`.
 */
export function findGuardrail(json: Json): readonly string[] | null {
  const { detail, message } = json
  const error = record(json['error'])
  // MLflow's AI gateway, plain and inside a stream.
  if (typeof detail === 'string' && /^Guardrail '.{1,200}' blocked/s.test(detail)) return []
  if (error['type'] === 'GuardrailViolation') return []
  const report = 'input_guardrail' in json || 'output_guardrail' in json ? json : parse(message)
  const reports = [...list(report['input_guardrail']), ...list(report['output_guardrail'])]
  return reports.length === 0 ? null : reports.flatMap(foundIn)
}

function foundIn(report: Json): readonly string[] {
  const flagged = Object.entries(record(report['categories'])).filter(([, found]) => found === true)
  const names = flagged.map(([name]) => name.toLowerCase().replaceAll('_', '-'))
  const pii = report['pii_detection'] === true ? ['pii'] : []
  return [...names.filter((name) => categories.has(name)), ...pii]
}

function parse(message: unknown): Json {
  if (typeof message !== 'string' || !message.includes('_guardrail"')) return {}
  try {
    return record(JSON.parse(message))
  } catch {
    return {}
  }
}

function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(record) : []
}

function record(value: unknown): Json {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? (value as Json) : {}
}
