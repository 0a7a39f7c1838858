import type { Enforcement } from '../config/config.ts'
import type { Unscannable } from '../message/segment.ts'
import type { Block } from './decision.ts'

const settings: Record<Unscannable['what'], keyof Enforcement['on_unscannable']> = {
  token_array: 'token_array',
  stored_context: 'stored_context',
  image: 'media',
  audio: 'media',
  file: 'media',
  encrypted: 'media',
}

const fixes: Record<keyof Enforcement['on_unscannable'], string> = {
  token_array:
    'Token numbers cannot be checked: send the text itself (in LangChain: OpenAIEmbeddings(check_embedding_ctx_length=False))',
  stored_context:
    'Context that the model server keeps cannot be checked: send the conversation itself instead of a reference to it',
  media:
    'This installation only lets through what it can read: send text instead of images, audio or files',
}

/** The block for a request that holds something no policy can read and the configuration refuses (decision T3). */
export function unscannableBlock(
  found: readonly Unscannable[],
  allowed: Enforcement['on_unscannable'],
): Block | null {
  const first = found.find(({ what }) => allowed[settings[what]] === 'block')
  if (first === undefined) return null
  return {
    policy: 'unscannable',
    reason: 'unscannable_input',
    message: fixes[settings[first.what]],
    param: first.address || null,
  }
}

/** How many things of each kind were not read. */
export function countUnscannable(found: readonly Unscannable[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { what } of found) counts[what] = (counts[what] ?? 0) + 1
  return counts
}
