import { join } from 'node:path'
import type { VerifyReport } from '@keeptrusts/audit-store'
import { verifyLog } from '@keeptrusts/audit-store'
import type { Elsewhere } from '../auth/choose-gateway.ts'
import { readProfiles, writeProfiles } from '../auth/credentials-file.ts'
import { isRemote, profileNamed, withProfile } from '../auth/profiles.ts'
import { untilStopped } from '../gateway/until-stopped.ts'
import { localPaths } from '../local-paths.ts'
import { writeErr } from '../output/write.ts'
import { withLogCopy } from './download-log.ts'
import { announce, remoteClient } from './remote-client.ts'

interface VerifySetting {
  readonly anchors: readonly string[] | undefined
  /** The key that the user gives; `null`: the one that was remembered. */
  readonly vkey: string | null
  readonly fromLast: boolean
  readonly acceptedRestores: readonly number[]
}

/**
 * Fetches a copy of the log of a gateway elsewhere and checks it here: nothing that its machine says of itself is believed. The key that
 * signed it is remembered with the profile at the first sight, and held against every later copy. Throws `CliError`, and an `AbortError`
 * after Ctrl-C.
 */
export async function verifyRemote(
  elsewhere: Elsewhere,
  setting: VerifySetting,
): Promise<VerifyReport> {
  const client = remoteClient(elsewhere)
  announce(elsewhere)
  const signals = untilStopped()
  const stop = new AbortController()
  void signals.signalled.then(() => stop.abort())
  const remembered = elsewhere.gateway.vkey ?? null
  const anchors = setting.anchors === undefined ? {} : { anchors: setting.anchors }
  try {
    const report = await withLogCopy(client, stop.signal, (dir) =>
      verifyLog({
        dir,
        ...anchors,
        anchorsDir: join(localPaths(undefined).configDir, 'anchors'),
        vkey: setting.vkey ?? remembered,
        fromLast: setting.fromLast,
        acceptedRestores: setting.acceptedRestores,
      }),
    )
    rememberKey(elsewhere, report, setting.vkey ?? remembered)
    return report
  } finally {
    signals.dispose()
    client.close()
  }
}

/** Remembers the key that signs the log now, when nothing speaks against it. */
function rememberKey(
  { profile, gateway }: Elsewhere,
  report: VerifyReport,
  heldAgainst: string | null,
): void {
  const { vkey, state } = report.key
  if (state === 'foreign' || state === 'unendorsed') {
    if (heldAgainst === gateway.vkey) writeErr(changedKey(gateway.url, profile))
    return
  }
  const isVouched = state === 'current' || state === 'endorsed' || heldAgainst === null
  if (profile === null || vkey === null || vkey === gateway.vkey || report.exit === 1) return
  if (!isVouched) return
  const { credentials } = localPaths(undefined)
  const profiles = readProfiles(credentials)
  const stored = profileNamed(profiles, profile)
  if (stored === null || !isRemote(stored.gateway)) return
  const kept = { ...stored, gateway: { ...stored.gateway, vkey } }
  writeProfiles(credentials, withProfile(profiles, kept))
  if (heldAgainst === null) {
    writeErr(
      `First look at this log: its key is remembered from now on. Compare it with what kt events key show prints on the gateway's machine:\n  ${vkey}\n`,
    )
  }
}

function changedKey(url: string, profile: string | null): string {
  return `WARNING: the log of ${url} is not signed by the key that signed it before, and that key vouches for no other. Somebody may have written the log anew. Only when the change is explained: kt auth profile remove ${profile}, then sign in again; that forgets the old key.\n`
}
