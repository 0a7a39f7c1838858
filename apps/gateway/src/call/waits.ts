/** Told when a call begins and ends to wait for its model server: that time is not the gateway's own. */
export interface Waits {
  begin(): void
  end(): void
}

/** Counts the time until `work` settles as waiting; `waits` may be absent where nobody asks. */
export async function waitingFor<T>(work: Promise<T>, waits: Waits | undefined): Promise<T> {
  waits?.begin()
  try {
    return await work
  } finally {
    waits?.end()
  }
}
