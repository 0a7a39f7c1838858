import type { Elsewhere } from '../auth/choose-gateway.ts'
import { RefusedElsewhere } from './answer-failure.ts'
import { announce, remoteClient } from './remote-client.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * Has a gateway elsewhere read its configuration again; returns what it answers, also when that is a list of problems (`issues`) for which
 * it changed nothing. Throws `CliError` for every other refusal.
 */
export async function remoteReload(elsewhere: Elsewhere): Promise<Fields> {
  const client = remoteClient(elsewhere)
  announce(elsewhere)
  try {
    return await client.ask('POST', 'reload')
  } catch (error) {
    if (error instanceof RefusedElsewhere && Array.isArray(error.answer['issues']))
      return error.answer
    throw error
  } finally {
    client.close()
  }
}
