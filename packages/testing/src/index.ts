export type { ChatBody } from './chat/chat-body.ts'
export type { Answer, Completion } from './chat/complete-chat.ts'
export { answerWith, type FixedAnswer } from './faults/answer-with.ts'
export { type CanaryError, canaryErrors } from './faults/canary-errors.ts'
export { closedPort } from './faults/closed-port.ts'
export {
  type FaultProxy,
  type FaultProxyOptions,
  type ProxyFaults,
  startFaultProxy,
} from './faults/fault-proxy.ts'
export { faults } from './faults/faults.ts'
export { firstPosts, onPosts } from './faults/on-posts.ts'
export {
  type ConnectProxy,
  type ConnectProxyOptions,
  startConnectProxy,
} from './http/connect-proxy.ts'
export type { LocalServer, ServerTls } from './http/local-server.ts'
export type { RecordedRequest } from './http/recorded-request.ts'
export {
  type IdentityProvider,
  type ProviderBehaviour,
  startIdentityProvider,
} from './identity/identity-provider.ts'
export {
  createSigningKey,
  publicJwk,
  type SigningKey,
  signToken,
  type TokenAlgorithm,
  type TokenWish,
} from './identity/signing-key.ts'
export {
  type CertificateAuthority,
  type CertificateWish,
  createCertificateAuthority,
  type TlsIdentity,
} from './tls/certificate-authority.ts'
export type { TrackedSpan } from './tracking/decode-spans.ts'
export {
  type FakeTracking,
  startFakeTracking,
  type TrackingRequest,
  type TrackingScript,
} from './tracking/fake-tracking.ts'
export type { TrackedRun } from './tracking/tracked-run.ts'
export { firstRequests, trackingFaults } from './tracking/tracking-faults.ts'
export { workspaceToken } from './upstreams/databricks.ts'
export { type DemoModelOptions, startDemoModel } from './upstreams/demo-model.ts'
export {
  type FakeUpstream,
  type FakeUpstreamOptions,
  type Script,
  startFakeUpstream,
  type UpstreamKind,
} from './upstreams/fake-upstream.ts'
export {
  startTokenServer,
  type TokenBehaviour,
  type TokenServer,
  type TokenServerOptions,
} from './upstreams/token-server.ts'
export type { AgentStream, ScoringReply, UpstreamSettings } from './upstreams/upstream-settings.ts'
