import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { VerifyReport } from '@keeptrusts/audit-store'
import * as Flags from '@oclif/core/flags'
import type { ChosenGateway, Elsewhere } from '../../auth/choose-gateway.ts'
import { chooseGateway } from '../../auth/choose-gateway.ts'
import { BaseCommand } from '../../base-command.ts'
import { CliError } from '../../errors/cli-error.ts'
import { gatewayFlags } from '../../gateway-flags.ts'
import { localPaths } from '../../local-paths.ts'
import { toSafeJson } from '../../output/sanitize.ts'
import { styleFor } from '../../output/style.ts'
import { writeOut } from '../../output/write.ts'
import { formatProof } from '../../verify/format-proof.ts'
import { formatReport } from '../../verify/format-report.ts'
import { readText } from '../../verify/read-text.ts'
import { couldNotCheck, unchecked } from '../../verify/unchecked.ts'

interface LogFlags {
  readonly anchor?: readonly string[] | undefined
  readonly vkey?: string | undefined
  readonly 'from-last': boolean
  readonly 'accept-restore'?: readonly number[] | undefined
}

/** `kt events verify`: whether the log is what was written, and whether its end is there. */
export default class EventsVerify extends BaseCommand {
  static override summary = 'Check that nobody changed the log, or cut off its end.'
  static override description =
    `Reads every event and checks it against the signed checkpoints, the key and the anchors. Changes nothing, and may run beside a gateway.
Local verification proves that nobody without the key changed what is here; only an anchor proves that nothing is missing at the end.
With a profile of kt auth login --gateway the log is fetched and checked here; the key that signed it is remembered at the first look.
With --proof and --event it checks a proof of kt events prove, without any log.
Exit code 0: intact, anchored, by a pinned key; 1: tampered with; 2: could not check; 3: intact, but not anchored, not pinned or stale.`
  static override examples = [
    '<%= config.bin %> events verify',
    '<%= config.bin %> events verify --anchor /mnt/worm/anchors.jsonl --vkey "$(cat audit.vkey)"',
    '<%= config.bin %> events verify --from-last --json',
    '<%= config.bin %> events verify --proof call.tlog-proof --event call.json --vkey "$(cat audit.vkey)"',
  ]
  static override flags = {
    anchor: Flags.string({
      description:
        'File of anchors: JSON lines, a syslog that holds them, or one checkpoint. Default: the one in the configuration folder.',
      helpValue: '<file>',
      multiple: true,
      multipleNonGreedy: true,
    }),
    vkey: Flags.string({
      description: 'Verifier key of the log, kept elsewhere. Default: that of the keys folder.',
      helpValue: '<key>',
    }),
    'from-last': Flags.boolean({
      description: 'Read only what came since the last checkpoint, and its block of 1,024 events.',
    }),
    'accept-restore': Flags.integer({
      description:
        'Number of an audit.restored event whose loss is known: what it gave up is no finding any more. Can be given several times.',
      helpValue: '<seq>',
      multiple: true,
      multipleNonGreedy: true,
      min: 0,
    }),
    proof: Flags.string({
      description: 'A proof to check instead of a log.',
      helpValue: '<file>',
      dependsOn: ['event'],
    }),
    event: Flags.string({
      description: 'The event that the proof is about, as JSON.',
      helpValue: '<file>',
      dependsOn: ['proof'],
    }),
    ...gatewayFlags,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(EventsVerify)
    // Loads the database driver, which no other command needs.
    const { isVerifierKey, verifyProof } = await import('@keeptrusts/audit-store')
    if (flags.vkey !== undefined && !isVerifierKey(flags.vkey)) throw notAKey()
    const style = styleFor(process.stdout, process.env)
    if (flags.proof !== undefined && flags.event !== undefined) {
      const [proof, event] = [readText(flags.proof), readText(flags.event)]
      const report = verifyProof({ proof, event, vkey: flags.vkey ?? null })
      process.exitCode = report.exit
      writeOut(flags.json ? `${toSafeJson(report, 2)}\n` : formatProof(report, style))
      return
    }
    const report = await verify(choose(flags), flags)
    process.exitCode = report.exit
    writeOut(flags.json ? `${toSafeJson(report, 2)}\n` : formatReport(report, style))
  }
}

async function verify(gateway: ChosenGateway, flags: LogFlags): Promise<VerifyReport> {
  for (const path of flags.anchor ?? []) if (!existsSync(path)) readText(path)
  try {
    return gateway.kind === 'here'
      ? await verifyHere(gateway.dataDir, flags)
      : await verifyElsewhere(gateway, flags)
  } catch (error) {
    throw unchecked(error)
  }
}

async function verifyHere(dataDir: string | undefined, flags: LogFlags): Promise<VerifyReport> {
  const { keyFilesFromEnvironment, logKeyFiles, verifyLog } = await import(
    '@keeptrusts/audit-store'
  )
  const { logPlace } = await import('../../events/open-reader.ts')
  const { configDir } = localPaths(dataDir)
  const files = logKeyFiles(join(configDir, 'keys'), keyFilesFromEnvironment(process.env))
  const report = verifyLog({
    dir: logPlace(dataDir).dir,
    ...(flags.anchor === undefined ? {} : { anchors: flags.anchor }),
    anchorsDir: join(configDir, 'anchors'),
    vkey: flags.vkey ?? null,
    keyFile: files.signing,
    fromLast: flags['from-last'],
    acceptedRestores: flags['accept-restore'] ?? [],
  })
  const { recordVerification } = await import('../../verify/record-verification.ts')
  await recordVerification({ ...flags, 'data-dir': dataDir }, report)
  return report
}

async function verifyElsewhere(gateway: Elsewhere, flags: LogFlags): Promise<VerifyReport> {
  const { verifyRemote } = await import('../../remote/verify-remote.ts')
  return verifyRemote(gateway, {
    anchors: flags.anchor,
    vkey: flags.vkey ?? null,
    fromLast: flags['from-last'],
    acceptedRestores: flags['accept-restore'] ?? [],
  })
}

/** A gateway that cannot be found means here, too, that nothing was checked. */
function choose(flags: Parameters<typeof chooseGateway>[0]): ChosenGateway {
  try {
    return chooseGateway(flags)
  } catch (error) {
    throw unchecked(error)
  }
}

function notAKey(): CliError {
  return new CliError({
    code: 'bad-flag',
    message: '--vkey is not a verifier key.',
    suggestion:
      'It looks like keeptrusts.local/audit/<log>+<8 hex digits>+<base64>, and was printed when the log was made.',
    exit: couldNotCheck,
  })
}
