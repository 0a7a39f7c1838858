import type { Failure } from './failure.ts'

interface SystemError extends Error {
  readonly code?: string
  readonly path?: string
  readonly address?: string
  readonly port?: number
}

type SystemFailure = Omit<Failure, 'exit'>

/** What an error of the operating system means to the person at the terminal, or `null`. */
export function systemFailure(error: SystemError): SystemFailure | null {
  const explain = explanations[error.code ?? '']
  return explain === undefined ? null : explain(error)
}

const explanations: Readonly<Record<string, (error: SystemError) => SystemFailure>> = {
  EADDRINUSE: (error) => ({
    code: 'port-in-use',
    message: `Another program listens on ${address(error)}.`,
  }),
  EADDRNOTAVAIL: (error) => ({
    code: 'address-unavailable',
    message: `${address(error)} is not an address of this machine.`,
  }),
  EACCES: (error) => denied(error),
  EPERM: (error) => denied(error),
  EROFS: (error) => denied(error),
  ENOSPC: () => ({ code: 'disk-full', message: 'The disk is full.' }),
  ENOENT: (error) => ({
    code: 'file-not-found',
    message: `There is no file ${error.path ?? ''}.`,
  }),
  ENOTDIR: (error) => ({
    code: 'file-unreadable',
    message: `A part of the path ${error.path ?? ''} is a file, not a folder.`,
  }),
  EISDIR: (error) => ({
    code: 'file-unreadable',
    message: `${error.path ?? 'The path'} is a folder, not a file.`,
  }),
  ERR_DLOPEN_FAILED: driver,
  MODULE_NOT_FOUND: driver,
}

function denied(error: SystemError): SystemFailure {
  if (error.port !== undefined) {
    return {
      code: 'permission-denied',
      message: `The system does not let you listen on ${address(error)}.`,
      suggestion: 'Choose a port above 1023, as in --listen 127.0.0.1:41002.',
    }
  }
  return {
    code: 'permission-denied',
    message: `The system does not let you read or write ${error.path ?? 'a file'}.`,
  }
}

function driver(error: SystemError): SystemFailure {
  const message = error.message.split('\n', 1)[0] ?? ''
  return /better.sqlite3/i.test(error.message)
    ? { code: 'better-sqlite3-missing', message: `The database driver does not load: ${message}` }
    : { code: 'internal-error', message }
}

function address(error: SystemError): string {
  if (error.port === undefined) return error.address ?? 'the address'
  const host = error.address ?? ''
  return host.includes(':') ? `[${host}]:${error.port}` : `${host}:${error.port}`
}
