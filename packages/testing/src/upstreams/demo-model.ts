import type { LocalServer } from '../http/local-server.ts'
import { startFakeUpstream } from './fake-upstream.ts'

/** Where the demo model listens and what it is called. */
export interface DemoModelOptions {
  /** 0 takes a free port. */
  readonly port: number
  readonly model: string
}

/**
 * The model server of `npm start`: speaks what `mlflow models serve` speaks and answers, always in the same words,
 * with what it received. Keeps nothing.
 */
export function startDemoModel({ port, model }: DemoModelOptions): Promise<LocalServer> {
  return startFakeUpstream({
    kind: 'mlflow-scoring',
    port,
    model,
    record: false,
    created: () => Math.floor(Date.now() / 1000),
    answer: (question, body) =>
      `${countMessages(body.messages)} The last one from you reads: ${question}`,
  })
}

function countMessages(messages: unknown): string {
  const count = Array.isArray(messages) ? messages.length : 0
  return count === 1 ? 'I received 1 message.' : `I received ${count} messages.`
}
