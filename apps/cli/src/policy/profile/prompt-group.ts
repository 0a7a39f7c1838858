import type { Prompt } from '../read-prompt.ts'
import { parseJson, readPromptText, toBody, toUserBody, unreadable } from '../read-prompt.ts'

/** Prompts whose figures are given together: those of one file, or one that is made up. */
export interface PromptGroup {
  /** A file, or a size as it was asked for. */
  readonly name: string
  readonly prompts: readonly Prompt[]
}

/**
 * The prompts of a file, or of standard input for `-`: one as `kt policy explain` takes it, or one per line (JSON lines), each
 * a text, a chat request or a list of messages. Throws `CliError` for what is neither; no message holds text of a prompt.
 */
export async function readPromptGroup(path: string): Promise<PromptGroup> {
  const { name, text } = await readPromptText(path)
  const lines = linesOf(text)
  if (!isJsonLines(name, text, lines))
    return { name, prompts: [{ name, body: toBody(text, name) }] }
  if (lines.length === 0) throw unreadable({ where: name, message: 'The file has no prompt.' })
  return { name, prompts: lines.map((line) => lineToPrompt(line, name)) }
}

interface Line {
  readonly number: number
  readonly text: string
}

function linesOf(text: string): readonly Line[] {
  return text
    .split('\n')
    .map((line, index) => ({ number: index + 1, text: line }))
    .filter((line) => line.text.trim() !== '')
}

/** By its name; else when it is no JSON as a whole, and every one of several lines is. */
function isJsonLines(name: string, text: string, lines: readonly Line[]): boolean {
  if (/\.(?:jsonl|ndjson)$/i.test(name)) return true
  if (lines.length < 2 || !/^["[{]/.test(text.trimStart())) return false
  return parseJson(text) === undefined && lines.every((line) => isPromptJson(parseJson(line.text)))
}

function isPromptJson(json: unknown): boolean {
  return typeof json === 'string' || (typeof json === 'object' && json !== null)
}

function lineToPrompt({ number, text }: Line, file: string): Prompt {
  const name = `${file}:${number}`
  const json = parseJson(text)
  if (typeof json === 'string') {
    if (json.trim() === '') throw unreadable({ where: name, message: 'The prompt is empty.' })
    return { name, body: toUserBody(json) }
  }
  if (!isPromptJson(json))
    throw unreadable({
      where: name,
      message: 'The line is not JSON that holds a prompt.',
      suggestion: 'Write a chat request, a list of messages, or a text in quotes on each line.',
    })
  return { name, body: toBody(text, name) }
}
