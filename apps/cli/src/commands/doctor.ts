import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../base-command.ts'
import { dataDirFlag } from '../data-dir-flag.ts'
import { exitCodeOf, toDiagnosisJson } from '../doctor/diagnosis-json.ts'
import { readDoctorConfig } from '../doctor/doctor-config.ts'
import { formatDiagnosis } from '../doctor/format-diagnosis.ts'
import { issueFindings } from '../doctor/issue-findings.ts'
import { parseListen } from '../gateway/listen-address.ts'
import { localPaths } from '../local-paths.ts'
import { toSafeJson } from '../output/sanitize.ts'
import { styleFor } from '../output/style.ts'
import { writeOut } from '../output/write.ts'
import { pluginFlag } from '../plugins/plugin-flag.ts'
import { policyConfigFlag } from '../policy-config-flag.ts'

/** `kt doctor`: finds out what is wrong, from the configuration to the model. */
export default class Doctor extends BaseCommand {
  static override summary = 'Find out what is wrong, and how to mend it.'
  static override description =
    `Checks the configuration, each model server (address, kind, path, credentials, model), the data folder and this machine, with a gateway running or without. Writes nothing.
Each server gets the credentials that the gateway would send it, with an empty request: no model runs unless --call is given.
Exit code 0: nothing failed, perhaps with warnings; 1: something failed; 78: the configuration has errors.`
  static override examples = [
    '<%= config.bin %> doctor',
    '<%= config.bin %> doctor --call --target mlflow-chat',
    '<%= config.bin %> doctor --config base.yaml --config production.yaml --json',
  ]
  static override flags = {
    config: policyConfigFlag(['policy-config']),
    plugin: pluginFlag,
    call: Flags.boolean({
      description:
        'Also call each model twice, for one token. These calls pass no policy and are not in the log.',
    }),
    target: Flags.string({ description: 'Only this target.', helpValue: '<id>' }),
    listen: Flags.string({
      description: 'Address that the gateway listens on. Default: 127.0.0.1:41002.',
      helpValue: '<host:port>',
    }),
    'data-dir': dataDirFlag,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Doctor)
    const listen = parseListen(flags.listen, undefined)
    const { files, result } = await readDoctorConfig(flags)
    const { dataDir, configDir } = localPaths(flags['data-dir'])
    const { runDoctor } = await import('@keeptrusts/gateway/doctor')
    const found = await runDoctor({
      config: result.config,
      ...(flags.target === undefined ? {} : { target: flags.target }),
      call: flags.call,
      listen,
      dataDir,
      configDir,
      env: process.env,
    })
    const diagnosis = {
      ...found,
      findings: [...issueFindings(files.join(', '), result), ...found.findings],
    }
    process.exitCode = exitCodeOf(diagnosis, result)
    if (flags.json) writeOut(`${toSafeJson(toDiagnosisJson(diagnosis), 2)}\n`)
    else
      writeOut(
        formatDiagnosis(diagnosis, { called: flags.call }, styleFor(process.stdout, process.env)),
      )
    // A name server that never answers would keep the process alive: the lookup cannot be taken back.
    process.stdout.write('', () => setTimeout(() => process.exit(), 100).unref())
  }
}
