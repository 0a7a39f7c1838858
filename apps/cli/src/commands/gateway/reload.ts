import type { ConfigIssue } from '@keeptrusts/core'
import type { ChosenGateway } from '../../auth/choose-gateway.ts'
import { chooseGateway } from '../../auth/choose-gateway.ts'
import { BaseCommand } from '../../base-command.ts'
import type { ControlClient } from '../../control/control-client.ts'
import { controlClient } from '../../control/control-client.ts'
import { RefusedByGateway } from '../../control/refused-by-gateway.ts'
import { CliError } from '../../errors/cli-error.ts'
import { currentActor } from '../../events/record-read.ts'
import type { ReloadReport, ReportedIssue } from '../../gateway/reload-report.ts'
import { formatReload } from '../../gateway/reload-report.ts'
import { gatewayFlags } from '../../gateway-flags.ts'
import { localPaths } from '../../local-paths.ts'
import { toSafeJson } from '../../output/sanitize.ts'
import { styleFor } from '../../output/style.ts'
import { writeErr, writeOut } from '../../output/write.ts'
import { countOf, formatIssues } from '../../policy/format-issues.ts'

/** As for a start that its configuration prevents. */
const refusedExit = 78

/** `kt gateway reload`: has the running gateway read its configuration again. */
export default class GatewayReload extends BaseCommand {
  static override summary = 'Have the running gateway read its configuration again.'
  static override description =
    `The gateway reads the files it was started with. Calls that begin afterwards are judged by them, calls under way by what they began with.
Exit code 78: the files have errors, all of them listed, or ask for what only a restart can change. Nothing has changed then.`
  static override examples = [
    '<%= config.bin %> gateway reload',
    '<%= config.bin %> gateway reload --json',
  ]
  static override flags = gatewayFlags

  async run(): Promise<void> {
    const { flags } = await this.parse(GatewayReload)
    const answer = await reload(chooseGateway(flags))
    if ('error' in answer) process.exitCode = refusedExit
    if (flags.json) writeOut(`${toSafeJson(answer, 2)}\n`)
    else if ('error' in answer) writeErr(refusalText(answer))
    else writeOut(formatReload(answer, styleFor(process.stdout, process.env)))
  }
}

async function reload(gateway: ChosenGateway): Promise<ReloadReport | Refusal> {
  if (gateway.kind === 'elsewhere') {
    const { remoteReload } = await import('../../remote/remote-reload.ts')
    return (await remoteReload(gateway)) as unknown as ReloadReport | Refusal
  }
  const paths = localPaths(gateway.dataDir)
  const client = await controlClient(paths.dataDir)
  if (client === null) throw noGateway(paths.dataDir)
  return answerOf(client, await currentActor(paths))
}

interface Refusal {
  readonly error: object
  readonly issues: readonly ReportedIssue[]
}

/** Throws what the gateway refused for another reason than its configuration, and a reason that is no list of problems. */
async function answerOf(
  gateway: ControlClient,
  actor: Parameters<ControlClient['reload']>[0],
): Promise<ReloadReport | Refusal> {
  try {
    return await gateway.reload(actor)
  } catch (error) {
    if (!(error instanceof RefusedByGateway)) throw error
    const { error: reason, issues } = error.answer
    if (!Array.isArray(issues) || issues.length === 0) throw error
    return { error: { ...(reason as object) }, issues }
  }
}

function refusalText({ issues }: Refusal): string {
  const listed = issues.map(
    ({ file, line, column, suggestion, ...issue }): ConfigIssue => ({
      ...issue,
      ...(suggestion !== null && { suggestion }),
      position: { file, line, column },
    }),
  )
  const style = styleFor(process.stderr, process.env)
  const head = `${style.bad('X')} Nothing was changed: the configuration has ${countOf(listed, 'error')}`
  return `${head}\n\n${formatIssues(listed, style)}`
}

function noGateway(dataDir: string): CliError {
  return new CliError({
    code: 'gateway-unreachable',
    message: `No gateway runs with the data folder ${dataDir}.`,
    suggestion: 'Start one with kt gateway run, or name its data folder with --data-dir.',
  })
}
