import type { ChainPolicy, Config } from '../config/config.ts'
import { extractBody } from '../message/extracted-body.ts'
import type { Segment } from '../message/segment.ts'
import type { Match, Policy } from '../policies/policy.ts'
import { createEngine } from './create-engine.ts'
import type { BodyDecision, Finding } from './decision.ts'
import type { BodyInput, EngineOptions } from './engine.ts'
import { hidden } from './hide-keys.ts'
import type { Identity } from './identity.ts'
import { keyLead } from './key-lead.ts'
import { LeafState } from './leaf-state.ts'

/** A finding with the text it is about: for whoever wrote the text, never for a log. */
export interface ExplainedFinding extends Finding {
  /** What the span covers, as the policy saw it: policies before it may have edited the segment. */
  readonly text: string
}

/** A text of a request, as it came, with what each policy found in it. */
export interface ExplainedSegment extends Segment {
  /** In chain order. */
  readonly findings: readonly ExplainedFinding[]
}

export interface Explanation {
  readonly decision: BodyDecision
  /** In the order in which policies are shown them. */
  readonly segments: readonly ExplainedSegment[]
}

/**
 * Runs the request side of a chain like `engine.checkRequest` and shows its work: every text that was read, and the very
 * characters that each policy found. Made for trying policies; a gateway has no use for it.
 * Throws `JsonSyntaxError` or `BodyShapeError` for a body that cannot be read.
 */
export async function explainRequest(
  config: Config,
  input: BodyInput,
  options: Pick<EngineOptions, 'failMode' | 'env'> = {},
): Promise<Explanation> {
  const seen: Seen[] = []
  const chain = config.chain.map((entry) => watchedEntry(entry, seen))
  const decision = await createEngine({ ...config, chain }, options).checkRequest(input)
  const secret = secretKeys(seen)
  const segments = readSegments(input).map((segment) => withoutKeys(segment, secret))
  const located = locate(decision.findings, {
    looks: groupBy(seen, ({ policy, segment }) => placeOf(withoutKeys(segment, secret), policy)),
    texts: groupBy(segments, (segment) => placeOf(segment)),
  })
  const found = groupBy(located, ({ at }) => at)
  return {
    decision,
    segments: segments.map((segment) => ({
      ...segment,
      findings: (found.get(segment) ?? []).map(({ finding }) => finding),
    })),
  }
}

/** One look of a policy at a text. */
interface Seen {
  readonly policy: string
  readonly segment: Segment
  readonly matches: readonly Match[]
}

function watchedEntry(entry: ChainPolicy, seen: Seen[]): ChainPolicy {
  const { kind: policy, definition } = entry
  const note = (segment: Segment, matches: readonly Match[]): void => {
    seen.push({ policy, segment, matches })
  }
  const create: typeof definition.create = (given, secrets) =>
    watched(definition.create(given, secrets), note)
  return { ...entry, definition: { ...definition, create } }
}

/** The same policy, with a witness of what it is shown and what it answers. */
function watched(
  policy: Policy,
  note: (segment: Segment, matches: readonly Match[]) => void,
): Policy {
  const inspect: Policy['inspect'] = (segment, direction) => {
    const matches = policy.inspect?.(segment, direction) ?? []
    // What a text is shown behind is no part of it.
    const lead = keyLead(policy, segment).length
    note({ ...segment, text: segment.text.slice(lead) }, matches)
    return matches
  }
  return new Proxy(policy, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key)
      // So that it goes by `inspect`, where the witness stands.
      if (key === 'inspectInSteps') return undefined
      if (typeof value !== 'function') return value
      if (key === 'inspect') return inspect
      if (key === 'forCall')
        return (caller: Identity) => watched(target.forCall?.(caller) ?? target, note)
      return value.bind(target)
    },
  })
}

function readSegments({ shape, source }: BodyInput): readonly Segment[] {
  const { leaves } = extractBody(source, { form: 'request', shape, dropLogprobs: false })
  return leaves.map((leaf) => new LeafState(leaf).segment)
}

/** Keys that are findings themselves: no address may name them. */
function secretKeys(seen: readonly Seen[]): ReadonlySet<string> {
  const keys = seen.filter(({ segment, matches }) => matches.length > 0 && isKey(segment))
  return new Set(keys.map(({ segment }) => segment.text))
}

function withoutKeys(segment: Segment, secret: ReadonlySet<string>): Segment {
  return { ...segment, address: hidden(segment.address, secret) }
}

function isKey({ address }: Segment): boolean {
  return /(?:^|\.)\*$/.test(address)
}

function placeOf({ address, role }: Pick<Segment, 'address' | 'role'>, policy = ''): string {
  return `${policy} ${role} ${address}`
}

interface Places {
  /** By policy and place. */
  readonly looks: ReadonlyMap<string, readonly Seen[]>
  /** By place. */
  readonly texts: ReadonlyMap<string, readonly Segment[]>
}

/** Brings findings, which name places, together with the texts at those places. */
function locate(findings: readonly Finding[], { looks, texts }: Places) {
  return findings.map((finding) => {
    // The whole text is looked at before its parts; all keys of an object share one place.
    const look = looks
      .get(placeOf(finding, finding.policy))
      ?.find(({ segment, matches }) => !isKey(segment) || finds(matches, finding))
    const text = look?.segment.text ?? ''
    const there = texts.get(placeOf(finding)) ?? []
    const at = there.find((segment) => segment.text === text) ?? there[0]
    return { at, finding: { ...finding, text: text.slice(finding.start, finding.end) } }
  })
}

function finds(matches: readonly Match[], { rule, type }: Finding): boolean {
  return matches.some((match) => match.rule === rule && match.type === type)
}

function groupBy<Value, Key>(
  values: readonly Value[],
  keyOf: (value: Value) => Key,
): ReadonlyMap<Key, readonly Value[]> {
  const groups = new Map<Key, Value[]>()
  for (const value of values) {
    const key = keyOf(value)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [value])
    else group.push(value)
  }
  return groups
}
