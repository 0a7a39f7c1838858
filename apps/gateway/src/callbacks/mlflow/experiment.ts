import { readField, readId } from './read-field.ts'
import type { TrackingClient } from './tracking-client.ts'
import { TrackingError } from './tracking-error.ts'

/** An experiment by its name, looked up or made once. */
export class Experiment {
  readonly #client: TrackingClient
  readonly #name: string
  #id: Promise<string> | null = null

  constructor(client: TrackingClient, name: string) {
    this.#client = client
    this.#name = name
  }

  /** The id; made when no experiment has the name. Throws `TrackingError`, `deleted` when it is in the bin. */
  id(): Promise<string> {
    const known = this.#id ?? this.#find()
    this.#id = known
    known.catch(() => this.forget())
    return known
  }

  /** Looks again next time: the server says that there is no such experiment. */
  forget(): void {
    this.#id = null
  }

  async #find(): Promise<string> {
    const existing = await this.#existing()
    if (existing !== null) return existing
    try {
      const made = await this.#client.post('experiments/create', { name: this.#name })
      return required(readId(readField(made, 'experiment_id')))
    } catch (error) {
      if (!(error instanceof TrackingError) || !alreadyExists.includes(error.code ?? ''))
        throw error
      // Another gateway was faster.
      return required(await this.#existing())
    }
  }

  async #existing(): Promise<string | null> {
    const name = encodeURIComponent(this.#name)
    try {
      const answer = await this.#client.get(`experiments/get-by-name?experiment_name=${name}`)
      if (readField(answer, 'experiment', 'lifecycle_stage') === 'deleted')
        throw new TrackingError('deleted')
      return required(readId(readField(answer, 'experiment', 'experiment_id')))
    } catch (error) {
      if (error instanceof TrackingError && error.problem === 'gone') return null
      throw error
    }
  }
}

const alreadyExists = ['RESOURCE_ALREADY_EXISTS', 'ALREADY_EXISTS']

/** Something that answers without an id is no tracking server. */
function required(id: string | null): string {
  if (id === null) throw new TrackingError('absent')
  return id
}
