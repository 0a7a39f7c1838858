/** Lets go of a body that nobody will read, and of its connection. */
export async function discardBody(body: AsyncIterable<unknown>): Promise<void> {
  await body[Symbol.asyncIterator]().return?.()
}
