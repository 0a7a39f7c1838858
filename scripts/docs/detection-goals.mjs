// The goals of the detectors, each with how its figure is read from a result of `npm run eval`.

const inSample = 'in-sample'
const byRules = 'rules, no fit'

/** One row per goal: what, goal, value and kind of figure; `-` where the result does not have it. */
export function goalRows(result) {
  return [
    ...attackRows(result),
    ...entityRows(result),
    ...credentialRows(result),
    ...costRows(result),
  ]
}

function attackRows({ injection }) {
  const separation = (name) => injection?.separation.find(({ attacks }) => attacks === name)
  const overrides = separation('overrides')
  const others = separation('other families')
  const flagged = (kind) => percent(injection?.harmless.find((one) => one.kind === kind)?.flagged)
  const planted = injection?.indirect?.planted.filter(({ kind }) => kind === 'override') ?? []
  const found =
    sum(planted, ({ found, count }) => found * count) / sum(planted, ({ count }) => count)
  const listed = injection?.robustness.filter((one) => one.listed) ?? []
  const worst = [...listed].sort((a, b) => a.kept - b.kept)[0]
  return [
    row(
      'overrides found at 1 % false alarms',
      '≥ 70 %',
      interval(overrides?.recallAt1, percent),
      inSample,
    ),
    row('other attack families: AUC', '≥ 0.85', interval(others?.auc, decimal), inSample),
    row(
      'other attack families found at 1 % false alarms',
      '≥ 40 %',
      interval(others?.recallAt1, percent),
      inSample,
    ),
    row(
      'harmless prompts full of trigger words flagged at 0.8',
      '≤ 2 %',
      flagged('trigger words'),
      inSample,
    ),
    row('ordinary chat flagged at 0.8', '≤ 1 %', flagged('chat'), inSample),
    row('documents flagged at 0.8', '≤ 1 %', flagged('documents'), inSample),
    row('system prompts flagged at 0.8', '≤ 1 %', flagged('system prompts'), byRules),
    row('short overrides inside documents found', '≥ 60 %', percent(found), inSample),
    row(
      'the same documents without them flagged',
      '≤ 1 %',
      percent(injection?.indirect?.cleanFlagged),
      inSample,
    ),
    row(
      'attacks still found in the worst listed disguise',
      '≥ 90 %',
      worst ? `${percent(worst.kept)} (${worst.transform})` : '-',
      inSample,
    ),
  ]
}

const structured = [
  'EMAIL_ADDRESS',
  'US_SSN',
  'CREDIT_CARD',
  'IBAN_CODE',
  'IP_ADDRESS',
  'MAC_ADDRESS',
]

function entityRows({ pii }) {
  const figures = (entity, source = 'all') =>
    pii?.entities.find((one) => one.entity === entity && one.source === source)
  const phone = figures('PHONE_NUMBER')
  const inSources = (pattern) =>
    pii?.entities.filter(({ entity, source }) => entity === 'PERSON' && pattern.test(source)) ?? []
  const worst = (sources, value) => decimal(Math.min(...sources.map(value)))
  const templated = inSources(/^presidio/)
  const chat = inSources(/-chat$/)
  return [
    ...structured.map((entity) =>
      row(`${entity}: F1, exact ends`, '≥ 0.97', decimal(figures(entity)?.strict.f1), byRules),
    ),
    row('PHONE_NUMBER: recall', '≥ 0.9', decimal(phone?.overlap.recall), byRules),
    row(
      'PHONE_NUMBER: share of findings that are none',
      '≤ 5 %',
      percent(phone && 1 - phone.overlap.precision),
      byRules,
    ),
    row(
      'PERSON in templated sentences: overlap F1, worst set',
      '≥ 0.88',
      worst(templated, ({ overlap }) => overlap.f1),
      inSample,
    ),
    row(
      'PERSON in chat: precision, worst set',
      '≥ 0.9',
      worst(chat, ({ overlap }) => overlap.precision),
      inSample,
    ),
    row('PERSON in encyclopaedia text: overlap F1', '≥ 0.75', '-', 'no such rows here'),
  ]
}

function credentialRows({ credentials }) {
  const sources = credentials?.sources ?? []
  const prompts = credentials?.harmless ?? []
  const supported = sum(credentials?.formats ?? [], ({ found, secrets }) =>
    found > 0 ? secrets : 0,
  )
  const alarms = sum(prompts, (one) => one.alarms)
  const none = credentials === undefined
  return [
    row(
      'credentials of supported formats found',
      '≥ 90 %',
      none ? '-' : percent(sum(sources, ({ found }) => found) / supported),
      byRules,
    ),
    row(
      'harmless prompts with an alarm',
      '0 of 2,000',
      none ? '-' : `${alarms} of ${sum(prompts, (one) => one.prompts)}`,
      byRules,
    ),
  ]
}

function costRows({ cost }) {
  const growth = Math.max(...cost.flatMap(({ rows }) => rows.map((one) => one.growth)))
  return [
    ...cost
      .filter(({ goal }) => goal !== undefined)
      .map(({ subject, goal, rows }) =>
        row(
          `cost of ${subject}, ordinary text of 1 KB`,
          `≤ ${goal} µs/KB`,
          `${rows[0].usPerKb[1].toFixed(0)} µs/KB`,
          'CPU time',
        ),
      ),
    row('time(1 MB) / time(100 KB), worst text of all', '≤ 12', decimal(growth, 1), 'CPU time'),
  ]
}

function row(what, goal, value, kind) {
  return { what, goal, value, kind }
}

function sum(values, of) {
  return values.reduce((total, one) => total + of(one), 0)
}

function interval(figure, write) {
  if (figure === undefined) return '-'
  return `${write(figure.value)} (${write(figure.low)} to ${write(figure.high)})`
}

function percent(share) {
  return Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : '-'
}

function decimal(value, digits = 3) {
  return Number.isFinite(value) ? value.toFixed(digits) : '-'
}
