import type { AnchorWriter } from './anchor-writer.ts'

/** Standard output of this process, for whatever collects that of containers. */
export class StdoutAnchor implements AnchorWriter {
  readonly type = 'stdout'
  readonly where = 'stdout'

  write(line: string): Promise<void> {
    return new Promise((resolve, reject) => {
      process.stdout.write(`${line}\n`, (error) => (error ? reject(error) : resolve()))
    })
  }

  close(): void {}
}
