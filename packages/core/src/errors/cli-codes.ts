import type { ErrorEntry } from './error-entry.ts'

/** What ends a command of `kt` with another code than 0. */
export const cliCodes = {
  'config-invalid': {
    title: 'The configuration has errors',
    fix: 'Correct every place that is listed; kt policy lint --file <file> checks without starting anything.',
    exit: 78,
  },
  'restart-required': {
    title: 'This change needs a restart',
    fix: 'Restart the gateway, or put the old setting back and reload.',
    exit: 78,
  },
  'file-not-found': {
    title: 'File not found',
    fix: 'Check the path; a relative path starts at the current folder.',
    exit: 2,
  },
  'file-unreadable': {
    title: 'File cannot be read',
    fix: 'Check that it is a file and that its permissions let you read it.',
    exit: 2,
  },
  'bad-flag': {
    title: 'Wrong flag or argument',
    fix: 'Add --help to the command to see what it takes.',
    exit: 2,
  },
  'plugin-invalid': {
    title: 'A plug-in cannot be used',
    fix: 'Give an ES module whose default export has policies, classifiers or recognizers, each a list.',
    exit: 78,
  },
  'prompt-invalid': {
    title: 'The prompt cannot be read',
    fix: 'Give a text in UTF-8, or JSON: a chat request with messages, or the list of them.',
    exit: 2,
  },
  'test-invalid': {
    title: 'A test of a configuration cannot be read',
    fix: 'Correct every place that is listed; docs/guides/test-your-policies.md shows the format.',
    exit: 2,
  },
  'no-tests': {
    title: 'There is no test to run',
    fix: 'Write one: docs/guides/test-your-policies.md shows the format, and kt init writes some.',
    exit: 2,
  },
  'file-exists': {
    title: 'A file is there already',
    fix: 'Choose another folder with --dir, or overwrite with --force.',
    exit: 2,
  },
  'not-available': {
    title: 'Known, not available in this version',
    fix: 'Leave the flag out.',
    exit: 2,
  },
  'needs-control-plane': {
    title: 'Needs the hosted control plane',
    fix: 'Leave the flag out: this gateway works from its policy-config.yaml alone.',
    exit: 2,
  },
  'policy-secret-missing': {
    title: 'A secret that a policy needs is missing',
    fix: 'Set the variable that the message names to at least 16 characters, and start again.',
    exit: 78,
  },
  'tls-file-invalid': {
    title: 'A certificate or key file cannot be used',
    fix: 'Correct the file that the message names: it takes PEM files, and a key without a passphrase.',
    exit: 78,
  },
  'proxy-invalid': {
    title: 'HTTPS_PROXY cannot be used',
    fix: 'Write http://host:port or https://host:port, with user:password@ if the proxy asks for them, or unset it.',
    exit: 78,
  },
  'port-in-use': {
    title: 'The port is in use',
    fix: 'Stop the other program or choose another port with --listen 127.0.0.1:<port>.',
    exit: 1,
  },
  'address-unavailable': {
    title: 'The address cannot be listened on',
    fix: 'Use an address of this machine, as in --listen 127.0.0.1:41002.',
    exit: 1,
  },
  'permission-denied': {
    title: 'No permission',
    fix: 'Run as the owner of the folder or choose another one with KEEPTRUSTS_DATA_DIR.',
    exit: 1,
  },
  'loose-permissions': {
    title: 'Other users of this machine can read a private file',
    fix: 'Take the permissions away, as in chmod 600 <file> and chmod 700 <folder>.',
    exit: 1,
  },
  'disk-full': {
    title: 'No space left',
    fix: 'Free space on the disk of the data folder.',
    exit: 1,
  },
  'data-dir-in-use': {
    title: 'Another gateway writes to this data folder',
    fix: 'Stop it, or give this one its own folder with KEEPTRUSTS_DATA_DIR.',
    exit: 1,
  },
  'store-missing': {
    title: 'No audit log here yet',
    fix: 'Start the gateway once, or point KEEPTRUSTS_DATA_DIR at its data folder.',
    exit: 0,
  },
  'store-damaged': {
    title: 'The audit log cannot be opened',
    fix: 'Restore the folder from a backup; do not delete it before it was looked at.',
    exit: 1,
  },
  'store-too-new': {
    title: 'The audit log was written by a newer version',
    fix: 'Use a kt at least as new as the gateway that wrote it.',
    exit: 1,
  },
  'store-rolled-back': {
    title: 'An older copy of the audit log was put in its place, or its end was cut off',
    fix: 'Put the newest copy back; kt restore goes on with an older one on purpose and records what was lost.',
    exit: 1,
  },
  'backup-exists': {
    title: 'There is a file at the place of the backup',
    fix: 'Choose another name; a backup is never overwritten.',
    exit: 2,
  },
  'backup-damaged': {
    title: 'The backup does not verify',
    fix: 'Restore an older backup; this one was changed after it was made.',
    exit: 1,
  },
  'restore-loses-events': {
    title: 'The restore would lose events',
    fix: 'Add --force when that is what you want; what is in place is kept beside the restored log.',
    exit: 1,
  },
  'store-unsigned': {
    title: 'The audit log has no signatures yet',
    fix: 'Start the gateway once: it brings the log to the format with signatures.',
    exit: 2,
  },
  'key-missing': {
    title: 'The key of the audit log is missing',
    fix: 'Restore the keys folder from the backup that was made with the log.',
    exit: 78,
  },
  'key-not-lost': {
    title: 'The key of the audit log is not lost',
    fix: 'Rotate it without --lost: then the old key vouches for the new one.',
    exit: 1,
  },
  'store-not-durable': {
    title: 'The audit log cannot be written durably here',
    fix: 'Put the data folder on a local disk that this user can write to.',
    exit: 1,
  },
  'store-unavailable': {
    title: 'The audit log did not answer',
    fix: 'Check the disk and the permissions of the data folder, then start again.',
    exit: 1,
  },
  'store-moved': {
    title: 'The audit log was moved while it was being written',
    fix: 'Put the file back and start the gateway again.',
    exit: 1,
  },
  'key-wrong': {
    title: 'The key does not belong to this audit log',
    fix: 'Restore the key that was made together with the log from the backup.',
    exit: 78,
  },
  'event-invalid': {
    title: 'An event holds what the audit log refuses',
    fix: 'This is a fault of the program that wrote it: report the code and the kind of event.',
    exit: 1,
  },
  'event-not-found': {
    title: 'No such event',
    fix: 'Use an id that kt events list prints.',
    exit: 1,
  },
  'read-not-recorded': {
    title: 'A read of the audit log could not be recorded',
    fix: 'Run the command as the user that runs the gateway, on a disk with free space: with log_all_access every read is recorded before anything is shown.',
    exit: 1,
  },
  'cursor-wrong': {
    title: 'The cursor does not belong to this audit log',
    fix: 'Give the feed a cursor file of its own for each log; without the file it starts at the first record.',
    exit: 1,
  },
  'export-not-resumable': {
    title: 'The export cannot be continued',
    fix: 'Export to a new file.',
    exit: 1,
  },
  'hold-unknown': {
    title: 'No such hold is in force',
    fix: 'See which there are with kt events hold list.',
    exit: 1,
  },
  'log-immutable': {
    title: 'Records of this log cannot be deleted by hand',
    fix: 'Set policy.audit-logger.immutable: false; it holds for records written after the gateway has read it: kt gateway reload.',
    exit: 1,
  },
  'gateway-unreachable': {
    title: 'No gateway answers',
    fix: 'Start one with kt gateway run, or check its address.',
    exit: 1,
  },
  'tls-not-trusted': {
    title: 'The certificate of the gateway is not trusted',
    fix: 'Give the certificate of the authority that signed it: kt auth login --ca-file FILE, or NODE_EXTRA_CA_CERTS.',
    exit: 1,
  },
  'insecure-http': {
    title: 'The connection to the gateway would not be encrypted',
    fix: 'Use https://; kt auth login --insecure-http accepts it for a network that you trust.',
    exit: 2,
  },
  'profile-unknown': {
    title: 'There is no profile of this name',
    fix: 'See which there are with kt auth profile list.',
    exit: 2,
  },
  'runs-elsewhere': {
    title: 'This needs the files of the gateway, which is on another machine',
    fix: "Run it on the gateway's machine; --local or --data-dir mean a gateway of this one.",
    exit: 2,
  },
  'recover-refused': {
    title: 'The audit log need not be given up',
    fix: 'Do what the message says about the log.',
    exit: 1,
  },
  'salvage-refused': {
    title: 'The audit log cannot be copied there, or not at all',
    fix: 'Name a folder that is not there yet with --to, and keep the damaged file.',
    exit: 1,
  },
  'control-request-invalid': {
    title: 'The running gateway does not take this request',
    fix: 'Use the kt of the version that the gateway runs.',
    exit: 1,
  },
  'better-sqlite3-missing': {
    title: 'The database driver does not load',
    fix: 'Run npm rebuild better-sqlite3; it needs python3, make and a C++ compiler when no prebuilt file fits.',
    exit: 1,
  },
  'no-terminal': {
    title: 'Nothing can be asked without a terminal',
    fix: 'Give the answers as flags, as in --email you@example.com --password-stdin.',
    exit: 2,
  },
  'internal-error': {
    title: 'Unexpected failure',
    fix: 'Run the command again with DEBUG=* and report what it prints.',
    exit: 1,
  },
} as const satisfies Record<string, ErrorEntry>
