/**
 * Lazy views of payloads: `msg.payloadView` and `codec.payload(format).view(bytes)` read one value out of a payload and
 * build nothing else. `view-payload.ts` begins at a message; `view-encoded.ts`, `flexbuffers/view.ts` and
 * `view-value.ts` are the views of encoded values, of FlexBuffers, and of values that the application has built.
 * `view-encoded.ts` is a tool (`tools/views.ts`): a codec without it has no views of what it has received, not even in
 * FlexBuffers, whose view comes with the format.
 */

/** What a value is. Integers beyond 2^53 are `bigint`, or all of them, as the codec's `integers` says. */
export type ViewKind = 'null' | 'boolean' | 'number' | 'bigint' | 'string' | 'bytes' | 'array' | 'map'

/**
 * One value in a payload, not decoded yet. A view keeps the frame of its message alive, as the message does. Tags of
 * CBOR are seen through, also where `toValue` keeps them; an extension of MsgPack has the kind `bytes`, a simple value
 * of CBOR without a meaning `null`. Nothing here throws on a payload that was not changed after
 * it was checked; on one that was, it throws ProtocolError or gives what stands there now.
 */
export interface PayloadView {
  /** What the value is. */
  readonly kind: ViewKind
  /**
   * Elements of an array, different keys of a map, bytes of a byte string, UTF-16 units of a string; else 0. Where the
   * format does not tell, they are counted each time for strings, once for the others.
   */
  readonly length: number
  /** The element of an array; undefined beyond its ends, and if this is not an array. Cheap from one to the next. */
  at(index: number): PayloadView | undefined
  /**
   * The value of a map's key, the last one when it comes twice; undefined when there is none, or no map. A text finds
   * the integer with these digits, too; any other key must be one that `keys` of this view has given.
   */
  get(key: unknown): PayloadView | undefined
  /** `get` for each string and `at` for each number, one after the other; undefined when one leads nowhere. */
  path(...steps: (string | number)[]): PayloadView | undefined
  /**
   * The different keys of a map in the order of the bytes; none if this is not a map. Texts and integers are the text
   * that `get` takes, others their values; an integer beside the same text is its value, too.
   */
  // biome-ignore lint/suspicious/noExplicitAny: nearly always texts, which need no cast
  keys(): Iterable<any>
  /** The value, as decoding the payload gives it, with all options of the codec. Built anew by each call. */
  toValue(): unknown
  /** The elements of an array, the values of a map in the order of `keys`; nothing for other kinds. */
  [Symbol.iterator](): Iterator<PayloadView>
}

/** Goes a path step by step. @internal */
export function walk(view: PayloadView, steps: readonly (string | number)[]): PayloadView | undefined {
  let at: PayloadView | undefined = view
  for (let i = 0; i < steps.length && at !== undefined; i++) {
    const step = steps[i] as string | number
    at = typeof step === 'string' ? at.get(step) : at.at(step)
  }
  return at
}
