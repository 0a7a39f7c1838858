/** A policy kind as the product's documentation describes it. */
export interface KnownKind {
  /** What it is for, one sentence. */
  readonly purpose: string
  /** Where it acts: on requests, on answers, on tool calls. */
  readonly phases: readonly ('input' | 'output' | 'tool')[]
  /** What to use while this version has no such policy. */
  readonly instead?: string
}

/**
 * Policy kinds that the product knows, sorted. Those without a definition are answered with "known, not available in
 * this version". The product counts 39; a kind is here once its name is public.
 */
export const policyCatalogue: Readonly<Record<string, KnownKind>> = {
  'agent-firewall': {
    purpose:
      'Limits which tools an agent may call, how often and for how much, and stops it after errors.',
    phases: ['tool'],
  },
  'audit-logger': {
    purpose: 'Makes the record of a call in the audit log a condition of the call.',
    phases: ['input', 'output'],
  },
  'bias-monitor': {
    purpose: 'Watches answers for bias.',
    phases: ['output'],
  },
  'bot-detector': {
    purpose: 'Refuses calls that a program sends where a person is expected.',
    phases: ['input'],
  },
  'case-privacy': {
    purpose: 'Keeps what identifies the parties of a legal case out of prompts.',
    phases: ['input'],
    instead: 'pii-detector redacts the identifiers themselves',
  },
  'citation-verifier': {
    purpose: 'Compares the sources that an answer cites with those it was given.',
    phases: ['output'],
  },
  'cjis-mode': {
    purpose: 'Guards criminal justice information as the CJIS rules ask.',
    phases: ['input'],
  },
  'content-extractor': {
    purpose: 'Takes the text out of attached content so that other policies can read it.',
    phases: ['input'],
  },
  'content-filter': {
    purpose: 'Stands in one example of the product without a description.',
    phases: ['input', 'output'],
  },
  'data-routing-policy': {
    purpose: 'Calls only targets whose declared retention and training terms are acceptable.',
    phases: ['input'],
    instead: 'List only targets whose data policy you accept',
  },
  'dlp-filter': {
    purpose:
      'Redacts or blocks credentials, model files, classification marks and texts of your own.',
    phases: ['input', 'output'],
  },
  'dual-use-filter': {
    purpose: 'Stops questions whose answers have a military use beside a civil one.',
    phases: ['input'],
  },
  'embedding-detector': {
    purpose: 'Compares texts with reference texts by meaning, with an embedding model.',
    phases: ['input', 'output'],
  },
  'entity-list-filter': {
    purpose: 'Stops prompts about persons and companies on sanction lists.',
    phases: ['input'],
  },
  'external-moderation': {
    purpose: 'Asks a moderation service about each text.',
    phases: ['input', 'output'],
  },
  'financial-compliance': {
    purpose: 'Holds answers to the rules for financial advice.',
    phases: ['output'],
  },
  'flagged-review': {
    purpose: 'Puts answers that were flagged before reviewers.',
    phases: ['output'],
  },
  'healthcare-compliance': {
    purpose: 'Stops medical statements that may not be made, and asks for disclaimers.',
    phases: ['output'],
  },
  'hipaa-phi-detector': {
    purpose: 'Redacts or blocks the eighteen kinds of identifiers that HIPAA names.',
    phases: ['input', 'output'],
    instead: 'pii-detector redacts the identifiers it knows',
  },
  'human-oversight': {
    purpose: 'Holds answers on sensitive subjects back until a person has approved them.',
    phases: ['output'],
  },
  'itar-ear-filter': {
    purpose: 'Stops technical data that falls under United States export control.',
    phases: ['input'],
  },
  'language-validator': {
    purpose: 'Lets only texts in chosen languages pass.',
    phases: ['input', 'output'],
  },
  'legal-privilege': {
    purpose: 'Finds texts that are marked as privileged between lawyer and client.',
    phases: ['output'],
  },
  'mnpi-filter': {
    purpose: 'Blocks facts about listed companies that are not public yet.',
    phases: ['input'],
  },
  'pii-detector': {
    purpose: 'Redacts or blocks personal data.',
    phases: ['input', 'output'],
  },
  'prompt-injection': {
    purpose: 'Refuses requests whose text tries to take over the model.',
    phases: ['input'],
  },
  'quality-scorer': {
    purpose: 'Scores answers by assertions and judges, and acts on a low score.',
    phases: ['output'],
  },
  rbac: {
    purpose:
      'Says which roles may call at all, which tools they may use and which data they may see.',
    phases: ['input', 'tool'],
  },
  'safety-filter': {
    purpose:
      'Stops dangerous subjects by lists for critical infrastructure, cars, schools or the police.',
    phases: ['input'],
  },
  'student-privacy': {
    purpose: 'Keeps what identifies pupils and students out of prompts.',
    phases: ['input'],
    instead: 'pii-detector redacts the identifiers themselves',
  },
  'tool-security': {
    purpose:
      'Looks for injection, path traversal and requests to inner networks in tool arguments.',
    phases: ['tool'],
  },
  'tool-validation': {
    purpose: 'Lets only declared tools be called, with arguments that fit their schema.',
    phases: ['tool'],
  },
  'upl-filter': {
    purpose: 'Stops answers that amount to practising law without a licence.',
    phases: ['output'],
  },
}

/** Names that older documents used for a kind, where spelling alone does not show it. */
export const oldKindNames: Readonly<Record<string, string>> = {
  pii: 'pii-detector',
  pii_detection: 'pii-detector',
  pii_redaction: 'pii-detector',
  observe: 'audit-logger',
  audit: 'audit-logger',
  content_filter: 'dlp-filter',
  output_filter: 'dlp-filter',
  injection: 'prompt-injection',
}
