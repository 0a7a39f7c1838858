import { CliError } from '../../errors/cli-error.ts'
import { toUserBody } from '../read-prompt.ts'
import type { PromptGroup } from './prompt-group.ts'

/** Sizes that are measured when nothing is asked for: a question, a long message, a document, a long document. */
export const usualSizes = '300,3k,30k,100k'

const units: Readonly<Record<string, number>> = { '': 1, k: 1000, m: 1_000_000 }
const mostSizes = 20

/** Groups of one made-up prompt each, for sizes such as `300,3k,1m` in bytes of text. Throws `CliError` `bad-flag`. */
export function makePrompts(sizes: string, limit: number): PromptGroup[] {
  const asked = sizes.split(',').map((size) => size.trim())
  if (asked.length > mostSizes) throw badSizes(`There are more than ${mostSizes} sizes.`)
  return asked.map((size) => {
    const [, digits = '', unit = ''] = /^(\d{1,9})([km]?)$/i.exec(size) ?? []
    const bytes = Number(digits) * (units[unit.toLowerCase()] ?? 1)
    if (digits === '' || bytes === 0) throw badSizes('A size is not a number of bytes.')
    const body = bytes <= limit ? toUserBody(madeUpText(bytes)) : null
    if (body === null || Buffer.byteLength(body) > limit)
      throw badSizes(`${size} is more than size_limits.max_body_bytes, ${limit}, lets in.`)
    const name = `made up, ${size}`
    return { name, prompts: [{ name, body }] }
  })
}

function badSizes(message: string): CliError {
  return new CliError({
    code: 'bad-flag',
    message,
    where: '--sizes',
    suggestion: `Write sizes in bytes with commas between, as in --sizes ${usualSizes}`,
  })
}

/** Ordinary text of work, with a value here and there that detectors look for. */
const sentences = [
  'The forecast for the second quarter is eight percent above what we planned in January.',
  'Please summarise the minutes of the last meeting and list what is still open.',
  'Our churn model was trained on eleven months of data and needs to be fitted again.',
  'Maria Keller asked whether the new dashboard can show revenue by region.',
  'You can reach the support desk at help.desk@example.com or under +1 202 555 0147.',
  'The customer wrote that the delivery to 12 Harbour Street came two days late.',
  'Three of the features are correlated, so we dropped the one with the most gaps.',
  'If the accuracy falls below 0.83, the job opens a ticket and keeps the old version.',
  'James Okafor prefers the short report; his address is james.okafor@example.org.',
  'The café on the ground floor opens at 7:30 – the staff “meeting point” is there.',
  'A refund of 49.90 was booked on 2026-03-14 for the order with the number 88213.',
  'The server 192.0.2.44 answered slowly while the nightly export was running.',
  'Translate the paragraph above into French and keep the names of the products.',
  'We compared gradient boosting with a plain linear model and saw no real difference.',
  'The record lists the number 219-09-9999 and a birthday in May.',
  'Explain in simple words why the validation loss rises after the fourth epoch.',
]

/** `bytes` bytes of text, the same every time. */
export function madeUpText(bytes: number): string {
  const written: string[] = []
  let state = 1
  for (let length = 0; length < bytes; ) {
    // Numbers of a linear congruential generator (Numerical Recipes): no two stretches alike, and no chance in it.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const sentence = `${sentences[state >>> 28]} `
    written.push(sentence)
    length += Buffer.byteLength(sentence)
  }
  const cut = Buffer.from(written.join('')).subarray(0, bytes)
  // A character that was cut in two becomes full stops, so that the size is right.
  const text = new TextDecoder().decode(cut).replace(/\ufffd+$/, '')
  return text + '.'.repeat(bytes - Buffer.byteLength(text))
}
