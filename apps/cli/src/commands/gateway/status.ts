import type { StatusReport } from '@keeptrusts/gateway'
import type { ChosenGateway } from '../../auth/choose-gateway.ts'
import { chooseGateway } from '../../auth/choose-gateway.ts'
import { BaseCommand } from '../../base-command.ts'
import { CliError } from '../../errors/cli-error.ts'
import { formatStatus } from '../../gateway/format-status.ts'
import { gatewayFlags } from '../../gateway-flags.ts'
import { localPaths } from '../../local-paths.ts'
import { toSafeJson } from '../../output/sanitize.ts'
import { styleFor } from '../../output/style.ts'
import { writeOut } from '../../output/write.ts'

/** `kt gateway status`: asks the running gateway how it and its log are. */
export default class GatewayStatus extends BaseCommand {
  static override summary = 'Show how the running gateway and its log are.'
  static override description =
    `Asks the gateway that runs with this data folder over its control socket; no address and no key are needed. With a profile of kt auth login --gateway it asks that one.
Exit code 1: no gateway answers, or its log takes no records.`
  static override examples = [
    '<%= config.bin %> gateway status',
    '<%= config.bin %> gateway status --json',
  ]
  static override flags = gatewayFlags

  async run(): Promise<void> {
    const { flags } = await this.parse(GatewayStatus)
    const report = await statusOf(chooseGateway(flags))
    if (report.log !== null && report.log.state !== 'open') process.exitCode = 1
    if (flags.json) writeOut(`${toSafeJson(report, 2)}\n`)
    else {
      const zone = process.stdout.isTTY ? 'local' : 'utc'
      writeOut(formatStatus(report, { style: styleFor(process.stdout, process.env), zone }))
    }
  }
}

async function statusOf(gateway: ChosenGateway): Promise<StatusReport> {
  if (gateway.kind === 'elsewhere') {
    const { remoteStatus } = await import('../../remote/remote-status.ts')
    return remoteStatus(gateway)
  }
  const { controlClient } = await import('../../control/control-client.ts')
  const { dataDir } = localPaths(gateway.dataDir)
  const running = await controlClient(dataDir)
  if (running === null) throw noGateway(dataDir)
  return running.status()
}

function noGateway(dataDir: string): CliError {
  return new CliError({
    code: 'gateway-unreachable',
    message: `No gateway runs with the data folder ${dataDir}.`,
    suggestion: 'Start one with kt gateway run, or name its data folder with --data-dir.',
  })
}
