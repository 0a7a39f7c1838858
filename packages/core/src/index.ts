export type {
  AnswerGuard,
  ReleasedEvent,
  StreamEnd,
  StreamGuard,
  StreamPlace,
} from './answer/answer-guard.ts'
export { assertAuditValue } from './audit/assert-audit-value.ts'
export type { AuditEvent, AuditValue } from './audit/audit-event.ts'
export type { AuditSink } from './audit/audit-sink.ts'
export type { CompletedFacts } from './audit/completed-event.ts'
export { buildCompletedEvent } from './audit/completed-event.ts'
export type { CallFacts, SideFacts } from './audit/decided-event.ts'
export { buildDecidedEvent } from './audit/decided-event.ts'
export { newEventId, newRequestId } from './audit/event-id.ts'
export type {
  AccessSettings,
  AnchorSettings,
  AuditStoreSettings,
  ChainPolicy,
  Config,
  ConfigIssue,
  ContentLevel,
  Enforcement,
  JwtSettings,
  LocatedTest,
  MlflowCallback,
  OidcSettings,
  OnUnscannable,
  Pack,
  Position,
  SignIn,
  SizeLimits,
  Target,
  TlsFiles,
} from './config/config.ts'
export { ConfigError } from './config/config-error.ts'
export { configJsonSchema } from './config/config-json-schema.ts'
export type { ConfigSource } from './config/config-source.ts'
export { isForbiddenAddress } from './config/forbidden-address.ts'
export { formatIssue, formatPosition } from './config/format-issue.ts'
export type { LintResult } from './config/lint-config.ts'
export { lintConfig } from './config/lint-config.ts'
export type { ParseConfigOptions } from './config/parse-config.ts'
export { parseConfig } from './config/parse-config.ts'
export type { KnownKind } from './config/policy-catalogue.ts'
export { policyCatalogue } from './config/policy-catalogue.ts'
export type { KnownProvider, ProviderMode } from './config/provider-string.ts'
export { knownProviders, laterProviders } from './config/provider-string.ts'
export type { EvaluateResponse, RequestDecision, ResponseDecision } from './engine/call-decision.ts'
export type { CallInput } from './engine/call-input.ts'
export { createEngine } from './engine/create-engine.ts'
export type {
  Blocked,
  BodyDecision,
  CheckedBody,
  Finding,
  Passed,
  PolicyVerdict,
} from './engine/decision.ts'
export type {
  BodyInput,
  Engine,
  EngineOptions,
  Evaluation,
  MessagesInput,
} from './engine/engine.ts'
export type { ExplainedFinding, ExplainedSegment, Explanation } from './engine/explain-request.ts'
export { explainRequest } from './engine/explain-request.ts'
export type { Identity } from './engine/identity.ts'
export type { Fingerprint } from './engine/match-memory.ts'
export { turnMs } from './engine/pacer.ts'
export type { SurfaceAct, SurfaceCell } from './engine/surface-table.ts'
export { surfaceTable } from './engine/surface-table.ts'
export type { ErrorCode } from './errors/error-codes.ts'
export { docsAnchor, errorCodes, errorEntry } from './errors/error-codes.ts'
export type { ErrorEntry, ErrorType } from './errors/error-entry.ts'
export type { KeeptrustsErrorOptions } from './errors/keeptrusts-error.ts'
export { KeeptrustsError } from './errors/keeptrusts-error.ts'
export { decodeJsonBytes } from './json/decode-json-bytes.ts'
export type {
  JsonArray,
  JsonEntry,
  JsonNode,
  JsonObject,
  JsonScalar,
  JsonString,
} from './json/json-node.ts'
export type { JsonFault } from './json/json-syntax-error.ts'
export { JsonSyntaxError } from './json/json-syntax-error.ts'
export type { ScanJsonOptions } from './json/scan-json.ts'
export { scanJson } from './json/scan-json.ts'
export type { Replacement } from './json/splice-json.ts'
export { spliceJson } from './json/splice-json.ts'
export { BodyShapeError } from './message/body-shape-error.ts'
export type { ContentPart, Message, ToolCall } from './message/message.ts'
export type {
  ApiShape,
  Direction,
  Segment,
  SegmentField,
  Unscannable,
} from './message/segment.ts'
export type {
  Classification,
  Classifier,
  Plugin,
  Question,
  RecognizedEntity,
  Recognizer,
} from './plugins/plugin.ts'
export { definePlugin } from './plugins/plugin.ts'
export type { JsonSchema, OptionsOf } from './policies/json-schema.ts'
export type {
  AnswerText,
  Inspected,
  Match,
  OptionProblem,
  Policy,
  PolicyCall,
  PolicyDefinition,
  Refusal,
  Restoration,
  Saving,
  Scanned,
  Secrets,
  Spelling,
  TextScanner,
  ToolUse,
} from './policies/policy.ts'
export { definePolicy } from './policies/policy.ts'
export { builtinPolicies, policiesWith } from './policies/registry.ts'
export type { CircuitState, Permit } from './reliability/circuit-breaker.ts'
export { CircuitBreaker } from './reliability/circuit-breaker.ts'
export type { Span } from './text/span.ts'
