import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Sandbox } from '../fixtures/spawn-kt.ts'
import { createSandbox, ktBin } from '../fixtures/spawn-kt.ts'

const email = 'ada@example.com'
const password = 'correct horse battery'
const login = ['auth', 'login', '--email', email, '--password-stdin']

let sandbox: Sandbox
beforeEach(() => {
  sandbox = createSandbox()
})
afterEach(() => sandbox.remove())

const credentialsFile = () => join(sandbox.configDir, 'credentials.json')

describe('kt auth login', () => {
  // One story: each password costs half a second of one core, on purpose.
  it('makes the first operator before any gateway ran, and afterwards asks for the password', async () => {
    const first = await sandbox.kt([...login, '--json'], { input: `${password}\n` })
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(first.stdout)).toMatchObject({ email, role: 'admin', first_operator: true })
    const second = await sandbox.kt(login, { input: password })
    expect(second.stdout).toMatch(
      /^Signed in as ada@example\.com \(admin\) until \d{4}-\d\d-\d\d\.\n$/,
    )
    expect(second.stdout + first.stdout).not.toContain('kt_at_')
    if (process.platform !== 'win32') expect(statSync(credentialsFile()).mode & 0o777).toBe(0o600)
    const stored = readFileSync(credentialsFile(), 'utf8')
    expect(stored).not.toContain(password)

    const unknown = await sandbox.kt(
      ['auth', 'login', '--email', 'eve@example.com', '--password-stdin'],
      { input: password },
    )
    const guess = () => sandbox.kt(login, { input: 'wrong password' })
    const guesses = await Promise.all(Array.from({ length: 6 }, guess))
    expect(unknown).toMatchObject({ code: 1, stdout: '' })
    expect(unknown.stderr).toMatch(/^error\[wrong-password\]: /)
    for (const wrong of guesses) expect(wrong).toEqual(unknown)
    expect(readFileSync(credentialsFile(), 'utf8')).toBe(stored)

    const seventh = await sandbox.kt(login, { input: password })
    expect(seventh.code).toBe(1)
    expect(seventh.stderr).toMatch(/^error\[too-many-attempts\]: .*\n {2}help: Wait \d+ seconds/)
  })

  it('needs a terminal or flags', async () => {
    for (const args of [[], ['--email', email], ['--password-stdin']]) {
      const { code, stderr } = await sandbox.kt(['auth', 'login', ...args], { input: password })
      expect(stderr).toMatch(/^error\[no-terminal\]: .*\n {2}help: .*--password-stdin/)
      expect(code).toBe(2)
    }
  })

  it.each([
    ['a short password', email, 'short', 'weak-password'],
    ['no password', email, '', 'bad-flag'],
    ['no e-mail address', 'ada', password, 'bad-email'],
  ])('refuses %s', async (_, address, typed, expected) => {
    const args = ['auth', 'login', '--email', address, '--password-stdin']
    const { code, stderr } = await sandbox.kt(args, { input: typed })
    expect(stderr).toContain(`error[${expected}]`)
    expect(code).toBe(2)
  })

  it('takes --password with a warning', async () => {
    const args = ['auth', 'login', '--email', email, '--password', password]
    const { code, stderr } = await sandbox.kt(args)
    expect(code).toBe(0)
    expect(stderr).toMatch(/^warning: --password is visible/)
  })

  const python = spawnSync('python3', ['-c', 'import pty']).status === 0
  // Needs a pseudo-terminal, which Node cannot make by itself; Python's pty module can.
  it.skipIf(!python)(
    'asks on a terminal, the first time twice, and never shows the password',
    () => {
      const screen = onTerminal(['E-mail: ', email, 'Password: ', password, 'again: ', password])
      expect(screen).toContain('you become its first operator')
      expect(screen).toContain('Signed in as ada@example.com (admin)')
      expect(screen).not.toContain(password)
      expect(onTerminal(['E-mail: ', email, 'Password: ', password])).toContain('Signed in as')
      const differing = createSandbox()
      try {
        sandbox = differing
        expect(
          onTerminal(['E-mail: ', email, 'Password: ', password, 'again: ', 'other']),
        ).toContain('The two passwords differ')
        expect(existsSync(credentialsFile())).toBe(false)
      } finally {
        differing.remove()
      }
    },
  )
})

/** Runs `kt auth login` on a pseudo-terminal, answers prompts in turn, and returns all that was on the screen. */
function onTerminal(dialogue: readonly string[]): string {
  const script = `
import os, pty, select, sys, json
dialogue = json.loads(sys.argv[1])
pid, fd = pty.fork()
if pid == 0:
    os.execv(sys.argv[2], sys.argv[2:])
screen, seen = b'', 0
while True:
    ready, _, _ = select.select([fd], [], [], 30)
    if not ready:
        break
    try:
        chunk = os.read(fd, 4096)
    except OSError:
        break
    if not chunk:
        break
    screen += chunk
    if dialogue and dialogue[0].encode() in screen[seen:]:
        seen = len(screen)
        os.write(fd, dialogue[1].encode() + b'\\r')
        dialogue = dialogue[2:]
os.waitpid(pid, 0)
sys.stdout.buffer.write(screen)
`
  const args = ['-c', script, JSON.stringify(dialogue), process.execPath, ktBin, 'auth', 'login']
  return execFileSync('python3', args, { env: sandbox.env, cwd: sandbox.folder, encoding: 'utf8' })
}

describe('kt auth whoami and logout', () => {
  it('tell who is signed in, and end it for every copy of the token', async () => {
    expect(await sandbox.kt(['auth', 'whoami'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error\[not-logged-in\]: Nobody is signed in\.\n {2}help: /),
    })
    await sandbox.kt(login, { input: password })
    const [{ token }] = JSON.parse(readFileSync(credentialsFile(), 'utf8')).profiles
    expect((await sandbox.kt(['auth', 'whoami'])).stdout).toMatch(
      /^E-mail {2}ada@example\.com\nRole {4}admin\nSince {3}\d{4}-.*Z\nUntil /,
    )
    const me = JSON.parse((await sandbox.kt(['auth', 'whoami', '--json'])).stdout)
    expect(me).toMatchObject({ email, role: 'admin', source: 'file' })
    const elsewhere = { KEEPTRUSTS_CONFIG_DIR: join(sandbox.folder, 'none') }
    const byToken = await sandbox.kt(['auth', 'whoami', '--json'], {
      env: { ...elsewhere, KEEPTRUSTS_API_TOKEN: token },
    })
    expect(JSON.parse(byToken.stdout)).toMatchObject({ email, source: 'environment' })

    const out = await sandbox.kt(['auth', 'logout'])
    expect(out).toEqual({ code: 0, stdout: 'Signed out ada@example.com.\n', stderr: '' })
    expect((await sandbox.kt(['auth', 'logout'])).code).toBe(1)
    const copied = await sandbox.kt(['auth', 'whoami'], { env: { KEEPTRUSTS_API_TOKEN: token } })
    expect(copied.code).toBe(1)
    expect(copied.stderr).toMatch(/^error\[session-expired\]: .*\n {2}--> KEEPTRUSTS_API_TOKEN\n/)
    expect(copied.stderr).not.toContain(token)
  })

  it('find the gateway that was signed in to, wherever they are run', async () => {
    const other = join(sandbox.folder, 'other')
    await sandbox.kt([...login, '--data-dir', other], { input: password })
    expect((await sandbox.kt(['auth', 'whoami'])).code).toBe(0)
    expect(JSON.parse((await sandbox.kt(['auth', 'logout', '--json'])).stdout)).toEqual({
      email,
      revoked: true,
    })
    expect(existsSync(sandbox.dataDir)).toBe(false)
  })
})
