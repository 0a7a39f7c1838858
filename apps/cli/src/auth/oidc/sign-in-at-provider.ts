import { constants } from 'node:os'
import { sanitize, toSafeJson } from '../../output/sanitize.ts'
import { writeErr } from '../../output/write.ts'
import type { SessionAnswer } from '../session-answer.ts'
import type { DeviceCode } from './device-flow.ts'
import { fetchIdToken } from './device-flow.ts'
import { readProvider } from './provider.ts'

/** The gateway that somebody signs in to. */
export interface SignInDoor {
  /** Its answer of `auth/methods`. */
  readonly methods: Readonly<Record<string, unknown>>
  /** Asks `auth/oidc`. */
  signIn(idToken: string): Promise<SessionAnswer>
}

/** Signs in to a gateway at the provider that it names. With `json` the page and the code are a JSON line, too. Throws `CliError`. */
export async function signInAtProvider(
  door: SignInDoor,
  { json }: { readonly json: boolean },
): Promise<SessionAnswer> {
  const provider = readProvider(door.methods)
  const dispose = endAtSignals()
  let idToken: string
  try {
    idToken = await fetchIdToken(provider, (code) =>
      writeErr(json ? codeJson(code) : codeText(code)),
    )
  } finally {
    dispose()
  }
  return door.signIn(idToken)
}

/** On standard error, as everything that is not the answer. */
function codeText({ page, directPage, code, seconds }: DeviceCode): string {
  const direct =
    directPage === null ? '' : `Or open ${sanitize(directPage)} and compare the code.\n`
  const wait =
    seconds < 120 ? `${Math.floor(seconds)} seconds` : `${Math.floor(seconds / 60)} minutes`
  return `Open ${sanitize(page)} in a browser, on any machine, and enter the code ${sanitize(code)}\n${direct}Waiting for up to ${wait}; Ctrl-C gives up.\n`
}

function codeJson({ page, directPage, code, seconds }: DeviceCode): string {
  return `${toSafeJson({
    verification_uri: page,
    verification_uri_complete: directPage,
    user_code: code,
    expires_in: seconds,
  })}\n`
}

/** While somebody is at the page, nothing is there that could be left half done: a signal ends the process at once, and says so. */
function endAtSignals(): () => void {
  const end = (signal: NodeJS.Signals): void => {
    writeErr('Given up: nobody was signed in.\n')
    process.exit(128 + constants.signals[signal])
  }
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.once(signal, end)
  return () => {
    for (const signal of signals) process.off(signal, end)
  }
}
