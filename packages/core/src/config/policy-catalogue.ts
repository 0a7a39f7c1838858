/**
 * Policy kinds that the product knows. Those without a definition are answered with "known, not available in this
 * version"; the value says what to use meanwhile, or is empty.
 */
export const policyCatalogue: Readonly<Record<string, string>> = {
  'agent-firewall': '',
  'audit-logger': '',
  'bias-monitor': '',
  'bot-detector': '',
  'case-privacy': 'pii-detector redacts the identifiers themselves',
  'citation-verifier': '',
  'cjis-mode': '',
  'content-extractor': '',
  'content-filter': '',
  'data-routing-policy': 'List only targets whose data policy you accept',
  'dlp-filter': 'pii-detector with detect_patterns redacts texts of your own',
  'dual-use-filter': '',
  'embedding-detector': '',
  'entity-list-filter': '',
  'external-moderation': '',
  'financial-compliance': '',
  'flagged-review': '',
  'healthcare-compliance': '',
  'hipaa-phi-detector': 'pii-detector redacts the identifiers it knows',
  'human-oversight': '',
  'itar-ear-filter': '',
  'language-validator': '',
  'legal-privilege': '',
  'mnpi-filter': '',
  'pii-detector': '',
  'prompt-injection': '',
  'quality-scorer': '',
  rbac: '',
  'safety-filter': '',
  'student-privacy': 'pii-detector redacts the identifiers themselves',
  'tool-security': '',
  'tool-validation': '',
  'upl-filter': '',
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
