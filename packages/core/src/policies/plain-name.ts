/** True for a text that is a name: what is none may be a text of the request, and must not be told. */
export function isPlainName(text: string): boolean {
  return /^[\w.:/@-]{1,100}$/.test(text)
}

/** A tool in a sentence: by its name, when it is one. */
export function namedTool(name: string): string {
  if (name === '') return 'a tool without a name'
  return isPlainName(name) ? `the tool ${name}` : 'this tool'
}
