import { extractBody } from '../message/extracted-body.ts'
import type { ApiShape } from '../message/segment.ts'

/** The texts of a body that goes on. */
export interface BodyTexts {
  /** Contents of the messages, joined by line breaks. */
  readonly content: string
  /** Every text, identifiers and tool arguments included, joined by line breaks. */
  readonly all: string
}

/** Reads the texts of a body as policies do. */
export function textsOf(
  source: string,
  body: { readonly form: 'request' | 'answer'; readonly shape: ApiShape },
): BodyTexts {
  const { leaves } = extractBody(source, { ...body, dropLogprobs: false })
  const text = leaves.map(({ strand }) => strand.text)
  const content = leaves
    .filter(({ kind, context }) => kind === 'text' && context.field === 'content')
    .map(({ strand }) => strand.text)
  return { content: content.join('\n'), all: text.join('\n') }
}
