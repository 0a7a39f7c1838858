import type { ChatRequest } from '../call/chat-request.ts'
import { readRoot } from '../json/read-root.ts'

interface Models {
  readonly asked: ChatRequest
  /** The name the upstream knows. */
  readonly served: string
}

/** The body asking for the upstream's own name of the model; every other byte stays. */
export function withModel(body: string, { asked, served }: Models): string {
  if (asked.model === served) return body
  const root = body === asked.text ? asked.root : readRoot(body)
  const name = JSON.stringify(served)
  const model = root.entries.find((entry) => entry.key.value === 'model')?.value
  if (model) return body.slice(0, model.start) + name + body.slice(model.end)
  const separator = root.entries.length > 0 ? ',' : ''
  return `${body.slice(0, root.start + 1)}"model":${name}${separator}${body.slice(root.start + 1)}`
}
