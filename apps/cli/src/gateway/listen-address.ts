import { CliError } from '../errors/cli-error.ts'

/** Where the gateway listens. */
export interface ListenAddress {
  /** Name or address, IPv6 without brackets. */
  readonly host: string
  /** 0..65535; 0 = any free one. */
  readonly port: number
}

/** Loopback only, so that nothing is open to a network by accident (decision C7). */
const DEFAULT_LISTEN: ListenAddress = { host: '127.0.0.1', port: 41002 }

/** `host:port`, `[::1]:port`, `:port` or `host`; not `::1:80`, where nobody knows what the port is. */
const FORM = /^(?:\[([0-9a-fA-F:.%\w-]+)\]|([^\s:[\]/]*))(?::(\d{1,5}))?$/

/** `--listen` and `--port` together. Throws `CliError` (`bad-flag`) for what is no address, and for two different ports. */
export function parseListen(listen: string | undefined, port: number | undefined): ListenAddress {
  if (listen === undefined) return { ...DEFAULT_LISTEN, ...(port === undefined ? {} : { port }) }
  const [matched, bracketed, name, digits] = FORM.exec(listen) ?? []
  const written = digits === undefined ? undefined : Number(digits)
  if (!matched || (written ?? 0) > 65_535) throw badAddress(listen)
  if (port !== undefined && written !== undefined && port !== written) throw twoPorts(port, written)
  return {
    // Other servers take `:41002` for every interface. Here the network must be asked for by name: 0.0.0.0.
    host: bracketed ?? (name || DEFAULT_LISTEN.host),
    port: port ?? written ?? DEFAULT_LISTEN.port,
  }
}

/** `--admin-listen`: an address with its port, or none. Throws `CliError` (`bad-flag`). */
export function parseAdminListen(address: string | undefined): ListenAddress | undefined {
  if (address === undefined) return undefined
  const [matched, bracketed, name, digits] = FORM.exec(address) ?? []
  const port = Number(digits)
  // A port of our choice would be one nobody knows.
  if (!matched || digits === undefined || port > 65_535) throw badAddress(address, '--admin-listen')
  return { host: bracketed ?? (name || DEFAULT_LISTEN.host), port }
}

function badAddress(listen: string, flag = '--listen'): CliError {
  return new CliError({
    code: 'bad-flag',
    message: `"${listen}" is not an address to listen on.`,
    where: flag,
    suggestion:
      'Write host:port, as in 127.0.0.1:41002, [::1]:41002, or 0.0.0.0:41002 for every interface.',
  })
}

function twoPorts(port: number, written: number): CliError {
  return new CliError({
    code: 'bad-flag',
    message: `--port says ${port} and --listen says ${written}.`,
    suggestion: 'Give the port once.',
  })
}
