import type { ProofFailure, ProofReport } from '@keeptrusts/audit-store'
import { sanitize } from '../output/sanitize.ts'
import type { Style } from '../output/style.ts'

const failures: Readonly<Record<ProofFailure, string>> = {
  'proof-form': 'The proof is not in the form of C2SP tlog-proof.',
  'event-form': 'The event is not a JSON object that an audit log could hold.',
  'key-form': 'The key is not a verifier key.',
  'other-event': 'The proof is about another event, or another log.',
  'not-in-tree':
    'The event is not in the tree that the proof is about: one of the two was changed.',
  'not-signed': 'The tree is not signed by the key that was given.',
}

/** What a proof comes to, for people. */
export function formatProof(report: ProofReport, style: Style): string {
  const { verdict, failure, id, seq, size, origin } = report
  if (failure !== null) return `${style.bad('FAIL')}  ${failures[failure]}\n`
  const what = `Event ${sanitize(String(id))} is number ${seq} of the first ${size} events of ${sanitize(String(origin))}.`
  if (verdict === 'unsigned') {
    return `${style.warn('?   ')}  ${what}\nNot proved: who says so. Give the verifier key of the log with --vkey.\n`
  }
  return `${style.good('ok  ')}  ${what}\nProved: the holder of the key signed a log with exactly this event at this place. Not proved: that the log was never written anew later; compare the checkpoint with an anchor for that.\n`
}
