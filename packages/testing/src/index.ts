export type { ChatBody } from './chat-body.ts'
export { startDemoModel } from './demo-model.ts'
export type { ErrorBody } from './error-bodies.ts'
export { errorBodies } from './error-bodies.ts'
export type { ScoringReply } from './fake-mlflow-scoring.ts'
export type {
  Exchange,
  FakeKind,
  FakeOptions,
  FakeUpstream,
  RecordedRequest,
  Script,
} from './fake-upstream.ts'
export { startFakeUpstream } from './fake-upstream.ts'
export type { FaultProxyOptions } from './fault-proxy.ts'
export { startFaultProxy } from './fault-proxy.ts'
export { faults, fixedAnswer, hugeAnswer } from './faults.ts'
export type { RunningServer } from './http-server.ts'
export { startServer } from './http-server.ts'
