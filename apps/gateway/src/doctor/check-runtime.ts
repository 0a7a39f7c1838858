import { readFileSync } from 'node:fs'
import type { Verdict } from './finding.ts'
import { failed, ok, skipped, warning } from './finding.ts'

/** Whether Node is one that Keeptrusts runs on. */
export function checkNode(version = process.versions.node): Verdict {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return ok('node-fits', `Node ${version}.`)
  return failed(
    'node-too-old',
    `Node ${version} is older than 20.19.`,
    'Install Node 24, or at least 20.19.',
  )
}

const limitsFile = '/proc/self/limits'

/** Whether many streams can be open at once: each call takes two sockets. Where the system does not say, nothing is found. */
export function checkOpenFiles(
  read: () => string = () => readFileSync(limitsFile, 'utf8'),
): Verdict {
  let limits: string
  try {
    limits = read()
  } catch {
    return skipped('not-checked', 'This system does not say how many files may be open.')
  }
  const soft = /^Max open files\s+(\S+)/m.exec(limits)?.[1] ?? ''
  const files = soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft)
  if (Number.isNaN(files) || soft === '')
    return skipped('not-checked', 'This system does not say how many files may be open.')
  if (files >= 1024) return ok('files-enough', `${soft} files may be open at once.`)
  return warning(
    'few-files',
    `Only ${soft} files may be open at once; each call under way takes two.`,
    'Raise the limit: ulimit -n 4096, or LimitNOFILE=4096 in the systemd unit.',
  )
}
