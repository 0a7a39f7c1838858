/** An answer as models write them: prose, a list, numbers, a name, an address and a phone number. */
export const streamedAnswer = `Sure! Here is a summary of the quarterly report. Revenue grew by 12.4% to $4.2 million, driven mainly by the new subscription plan that was introduced in March 2026. The customer success team, led by Maria Garcia, reduced churn from 5.1% to 3.8%.

1. **Growth**: the number of active accounts rose from 18,200 to 21,450.
2. **Costs**: hosting costs fell by 7% after the move to smaller instances.
3. **Risks**: two large contracts end in Q3; renewals are being discussed with the clients.

If you have questions, write to reports@example.com or call 212-555-0147 during office hours. A detailed breakdown by region can be found in the appendix, and the raw data is available in the shared folder. Let me know whether you would like a shorter version for the board meeting on Thursday.
`

/** The answer in pieces of the size that tokens have. */
export const streamedPieces: readonly string[] = streamedAnswer.match(/\s*\S{1,5}|\s+/g) ?? []

/** The first `pieces` of the answer as events of a chat completion, with its beginning and its end. */
export function streamedEvents(pieces: number): readonly string[] {
  const chunk = (delta: object, finish: string | null) =>
    `data: ${JSON.stringify({
      ...{ id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1700000000 },
      ...{ model: 'my-chat-model', system_fingerprint: 'fp_bench' },
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    })}\n\n`
  return [
    chunk({ role: 'assistant', content: '' }, null),
    ...streamedPieces.slice(0, pieces).map((content) => chunk({ content }, null)),
    chunk({}, 'stop'),
    'data: [DONE]\n\n',
  ]
}
