/** The part of JSON Schema 2020-12 that our option schemas use. Written `as const` so that option types follow from it. */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly items?: JsonSchema
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly pattern?: string
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly examples?: readonly unknown[]
}

/** True for a property that every validated object has: it has a default, or is required. */
type IsGiven<S, P, K extends keyof P> = P[K] extends { readonly default: unknown }
  ? true
  : S extends { readonly required: readonly (infer R)[] }
    ? K extends R
      ? true
      : false
    : false

type Simple<S> = S extends { readonly enum: readonly (infer E)[] }
  ? E
  : S extends { readonly type: 'string' }
    ? string
    : S extends { readonly type: 'integer' | 'number' }
      ? number
      : S extends { readonly type: 'boolean' }
        ? boolean
        : S extends { readonly type: 'array'; readonly items: infer I }
          ? readonly OptionsOf<I>[]
          : S extends { readonly type: 'object'; readonly properties: infer P }
            ? {
                readonly [K in keyof P as IsGiven<S, P, K> extends true ? K : never]: OptionsOf<
                  P[K]
                >
              } & {
                readonly [K in keyof P as IsGiven<S, P, K> extends true ? never : K]?: OptionsOf<
                  P[K]
                >
              }
            : S extends { readonly type: 'object'; readonly additionalProperties: infer V }
              ? Readonly<Record<string, OptionsOf<V>>>
              : unknown

/** The type of validated options: properties that have a default or are required are always there, enums are unions. */
export type OptionsOf<S> = Simple<S>
