import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../base-command.ts'
import { dataDirFlag } from '../../data-dir-flag.ts'
import { gatewayConfig } from '../../gateway/gateway-config.ts'
import { gatewayLog } from '../../gateway/gateway-log.ts'
import { parseAdminListen, parseListen } from '../../gateway/listen-address.ts'
import { UPSTREAM_KEY_VARIABLE } from '../../gateway/override-upstream.ts'
import { refuseUnavailable } from '../../gateway/refuse-unavailable.ts'
import { reloadedConfig, watchedFiles } from '../../gateway/reloaded-config.ts'
import { startSummary } from '../../gateway/start-summary.ts'
import { tlsFiles } from '../../gateway/tls-files.ts'
import { hangUpReloads, untilStopped } from '../../gateway/until-stopped.ts'
import { localPaths } from '../../local-paths.ts'
import { ownCommand } from '../../output/own-command.ts'
import { styleFor } from '../../output/style.ts'
import { writeErr } from '../../output/write.ts'
import { pluginFlag } from '../../plugins/plugin-flag.ts'
import { policyConfigFlag } from '../../policy-config-flag.ts'

/** `kt gateway run`: runs the gateway in the foreground until it is told to stop. */
export default class GatewayRun extends BaseCommand {
  static override summary = 'Run the gateway until Ctrl-C.'
  static override description =
    `Clients that speak the OpenAI API use http://<listen>/v1, or https:// with --tls-cert and --tls-key. Ctrl-C or SIGTERM lets the calls under way end; a second one stops at once.
When a file of the configuration changes, or on SIGHUP without a terminal, it is read again as kt gateway reload does.
Exit code 78: the configuration has errors, all of them listed.`
  static override hiddenAliases = ['proxy:run']
  static override examples = [
    '<%= config.bin %> gateway run',
    '<%= config.bin %> gateway run --listen 0.0.0.0:41002 --policy-config policy-config.yaml',
    '<%= config.bin %> gateway run --policy-config base.yaml --policy-config production.yaml',
    '<%= config.bin %> gateway run --listen 0.0.0.0:41002 --tls-cert fullchain.pem --tls-key privkey.pem',
    '<%= config.bin %> gateway run --upstream http://localhost:5000/v1',
  ]
  static override flags = {
    'policy-config': policyConfigFlag(['config']),
    plugin: pluginFlag,
    listen: Flags.string({
      description: 'Address to listen on. Default: 127.0.0.1:41002, this machine only.',
      helpValue: '<host:port>',
    }),
    port: Flags.integer({
      description: 'Port to listen on, when only the port differs.',
      min: 0,
      max: 65_535,
    }),
    'admin-listen': Flags.string({
      description:
        'Second address, for monitoring: /metrics, /healthz and /readyz without a token, nothing else.',
      helpValue: '<host:port>',
    }),
    'tls-cert': Flags.string({
      description:
        'Certificate for https, then its intermediates; PEM. A renewed file is taken without a restart.',
      env: 'KEEPTRUSTS_TLS_CERT_PATH',
      helpValue: '<path>',
    }),
    'tls-key': Flags.string({
      description: 'Private key of that certificate, without a passphrase; PEM.',
      env: 'KEEPTRUSTS_TLS_KEY_PATH',
      helpValue: '<path>',
    }),
    upstream: Flags.string({
      description:
        'Send all calls to this URL: the first target with another address, and no others.',
      env: 'KEEPTRUSTS_UPSTREAM_URL',
      helpValue: '<url>',
    }),
    'upstream-api-key': Flags.string({
      description:
        'Key for --upstream. Others can see it in the process list: prefer the variable.',
      env: 'KEEPTRUSTS_UPSTREAM_API_KEY',
      helpValue: '<key>',
      // Help and errors must never show a secret that stands in the environment.
      noCacheDefault: true,
    }),
    'upstream-api-key-header': Flags.string({
      description: 'Header the key is sent in. Default: Authorization.',
      env: 'KEEPTRUSTS_UPSTREAM_API_KEY_HEADER',
      helpValue: '<name>',
    }),
    'upstream-api-key-prefix': Flags.string({
      description: 'What stands before the key. Default: "Bearer ".',
      env: 'KEEPTRUSTS_UPSTREAM_API_KEY_PREFIX',
      helpValue: '<text>',
    }),
    'fail-mode': Flags.option({
      description: 'What a policy that breaks does to its call.',
      options: ['block', 'allow'] as const,
      default: 'block' as const,
    })(),
    'max-concurrency': Flags.integer({
      description: 'Calls at once; more wait for a second, then get 429. 0: no limit.',
      env: 'KEEPTRUSTS_GATEWAY_MAX_CONCURRENCY',
      default: 0,
      min: 0,
    }),
    watch: Flags.boolean({
      description:
        'Read the configuration again when one of its files changes. --no-watch: only when it is asked for.',
      default: true,
      allowNo: true,
    }),
    'data-dir': dataDirFlag,
    'api-token': Flags.string({
      hidden: true,
      env: 'KEEPTRUSTS_GATEWAY_TOKEN',
      noCacheDefault: true,
    }),
    managed: Flags.boolean({ hidden: true }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(GatewayRun)
    refuseUnavailable(flags)
    const listen = parseListen(flags.listen, flags.port)
    const adminListen = parseAdminListen(flags['admin-listen'])
    const tls = tlsFiles(flags)
    const config = await gatewayConfig(flags)
    const { dataDir, configDir } = localPaths(flags['data-dir'])
    const { serveGateway } = await import('@keeptrusts/gateway')
    const stop = untilStopped(hangUpReloads())
    const gateway = await serveGateway({
      config,
      loadConfig: () => reloadedConfig(flags),
      watch: watchedFiles(flags),
      listen,
      ...(adminListen && { adminListen }),
      ...(tls && { tls }),
      dataDir,
      configDir,
      failMode: flags['fail-mode'],
      maxConcurrency: flags['max-concurrency'],
      env: { ...process.env, [UPSTREAM_KEY_VARIABLE]: flags['upstream-api-key'] },
      log: await gatewayLog(writeErr),
      version: this.config.version,
    })
    const started = {
      ...gateway,
      version: this.config.version,
      config,
      dataDir,
      configDir,
      dataDirGiven: flags['data-dir'] !== undefined,
      command: ownCommand(),
      failMode: flags['fail-mode'],
    }
    writeErr(startSummary(started, styleFor(process.stderr, process.env)))
    stop.onHangUp(() => gateway.reloader.reload({ trigger: 'signal', actor: null }).catch(() => {}))
    await stop.signalled
    writeErr('Stopping: calls under way may end. Again to stop at once.\n')
    await gateway.close()
    stop.dispose()
  }
}
