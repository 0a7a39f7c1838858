import { BaseCommand } from '../../base-command.ts'
import { controlClient } from '../../control/control-client.ts'
import { dataDirFlag } from '../../data-dir-flag.ts'
import { CliError } from '../../errors/cli-error.ts'
import { formatStatus } from '../../gateway/format-status.ts'
import { localPaths } from '../../local-paths.ts'
import { toSafeJson } from '../../output/sanitize.ts'
import { styleFor } from '../../output/style.ts'
import { writeOut } from '../../output/write.ts'

/** `kt gateway status`: asks the running gateway how it and its log are. */
export default class GatewayStatus extends BaseCommand {
  static override summary = 'Show how the running gateway and its log are.'
  static override description =
    `Asks the gateway that runs with this data folder over its control socket; no address and no key are needed.
Exit code 1: no gateway answers, or its log takes no records.`
  static override examples = [
    '<%= config.bin %> gateway status',
    '<%= config.bin %> gateway status --json',
  ]
  static override flags = { 'data-dir': dataDirFlag }

  async run(): Promise<void> {
    const { flags } = await this.parse(GatewayStatus)
    const { dataDir } = localPaths(flags['data-dir'])
    const gateway = await controlClient(dataDir)
    if (gateway === null) throw noGateway(dataDir)
    const report = await gateway.status()
    if (report.log !== null && report.log.state !== 'open') process.exitCode = 1
    if (flags.json) writeOut(`${toSafeJson(report, 2)}\n`)
    else {
      const zone = process.stdout.isTTY ? 'local' : 'utc'
      writeOut(formatStatus(report, { style: styleFor(process.stdout, process.env), zone }))
    }
  }
}

function noGateway(dataDir: string): CliError {
  return new CliError({
    code: 'gateway-unreachable',
    message: `No gateway runs with the data folder ${dataDir}.`,
    suggestion: 'Start one with kt gateway run, or name its data folder with --data-dir.',
  })
}
