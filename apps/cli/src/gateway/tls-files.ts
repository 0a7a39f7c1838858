import { CliError } from '../errors/cli-error.ts'

interface TlsFlags {
  readonly 'tls-cert'?: string | undefined
  readonly 'tls-key'?: string | undefined
}

interface TlsFiles {
  readonly certFile: string
  readonly keyFile: string
}

/** `--tls-cert` and `--tls-key`, or the variables for them: both or neither. An empty one counts as none. Throws `CliError` (`bad-flag`). */
export function tlsFiles(flags: TlsFlags): TlsFiles | undefined {
  const [certFile, keyFile] = [flags['tls-cert'] || undefined, flags['tls-key'] || undefined]
  if (certFile !== undefined && keyFile !== undefined) return { certFile, keyFile }
  if (certFile === undefined && keyFile === undefined) return undefined
  const [there, missing] =
    certFile === undefined
      ? ['--tls-key', '--tls-cert (KEEPTRUSTS_TLS_CERT_PATH)']
      : ['--tls-cert', '--tls-key (KEEPTRUSTS_TLS_KEY_PATH)']
  throw new CliError({
    code: 'bad-flag',
    message: `${there} is given without ${missing}: https needs a certificate and its key.`,
    where: there,
    suggestion: 'Give both, or neither for plain HTTP.',
  })
}
