import { parentPort, workerData } from 'node:worker_threads'
import { KeeptrustsError } from '@keeptrusts/core'
import type { AuditReader } from '../audit-store.ts'
import { openAuditReader } from '../open-audit-reader.ts'
import { answerQuery } from './answer-query.ts'
import type { LogAnswer, LogQuery } from './log-query.ts'

/** What the thread sends for each query, in order. */
export type Outcome =
  | { readonly answer: LogAnswer }
  | {
      readonly error: {
        readonly code: string
        readonly message: string
        readonly suggestion?: string
      }
    }

const dir = workerData as string
let opened: AuditReader | undefined
const reader = (): AuditReader => {
  opened ??= openAuditReader({ dir })
  return opened
}

parentPort?.on('message', (query: LogQuery) => {
  parentPort?.postMessage(outcomeOf(query))
})

function outcomeOf(query: LogQuery): Outcome {
  try {
    return { answer: answerQuery(query, reader()) }
  } catch (error) {
    if (!KeeptrustsError.isInstance(error))
      return { error: { code: 'internal-error', message: 'The log could not be read.' } }
    const { code, message, suggestion } = error
    return { error: { code, message, ...(suggestion !== undefined && { suggestion }) } }
  }
}
