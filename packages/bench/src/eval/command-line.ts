import { parseArgs } from 'node:util'

/** The policies that can be evaluated. */
const evaluated = ['prompt-injection', 'pii-detector', 'dlp-filter'] as const
export type Evaluated = (typeof evaluated)[number]

/** What the command was asked for. */
export interface EvalArguments {
  /** Folder with the labelled rows. */
  readonly data: string
  readonly policies: readonly Evaluated[]
  /** Folder for the result files; nothing is written without it. */
  readonly out: string | undefined
  /** The result files are called `DATE-<name>`. */
  readonly name: string
  /** False leaves the cost tables out, which take most of the time. */
  readonly cost: boolean
}

export const usage = `usage: npm run eval -- --data DIR [--policy ${evaluated.join(' | ')}]… [--out FOLDER] [--name detection] [--no-cost]`

/**
 * Reads the command line.
 *
 * @throws Error with one sentence when it is wrong.
 */
export function parseEvalArguments(args: readonly string[]): EvalArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      policy: { type: 'string', multiple: true },
      out: { type: 'string' },
      name: { type: 'string', default: 'detection' },
      'no-cost': { type: 'boolean', default: false },
    },
  })
  if (values.data === undefined) throw new Error('--data DIR is missing: a folder of *.jsonl.gz')
  return {
    data: values.data,
    policies: (values.policy ?? evaluated).map(policyNamed),
    out: values.out,
    name: values.name,
    cost: !values['no-cost'],
  }
}

function policyNamed(name: string): Evaluated {
  const known = evaluated.find((one) => one === name)
  if (known === undefined) throw new Error(`--policy ${name}: one of ${evaluated.join(', ')}`)
  return known
}
