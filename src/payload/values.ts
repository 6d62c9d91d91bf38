/**
 * Values that plain JavaScript cannot express: a number that must stay a float, and a tagged value.
 * Applications make them, the encoders of this folder write them; the decoders make `Tagged` only, of what has no plain
 * form, or of every tag on request.
 */

/** True for a `Float64`, also of another copy of the package. @internal */
export function isFloat64(value: object): value is Float64 {
  return value instanceof Float64 || brandOf(value) === 'Float64'
}

/** True for a `Tagged`, also of another copy of the package. @internal */
export function isTagged(value: object): value is Tagged {
  return value instanceof Tagged || brandOf(value) === 'Tagged'
}

/** What a prototype says, in whatever copy: the value itself, which may be a Proxy, is not asked. */
function brandOf(value: object): unknown {
  const prototype = Object.getPrototypeOf(value) as Partial<Float64 | Tagged> | null
  return prototype === null || prototype === Object.prototype ? null : prototype._wampCodec
}

/**
 * A number that is written as a float even when it is integral (typed peers care): CBOR fb, MsgPack cb, JSON `1.0`.
 * NaN and the infinities are allowed; JSON refuses them when it writes them.
 * Throws a TypeError for anything but a number.
 */
export class Float64 {
  /** The number. */
  readonly value: number

  /** Throws TypeError for anything but a number. */
  constructor(value: number) {
    if (typeof value !== 'number') throw new TypeError(`Float64 takes a number, got ${typeof value}`)
    this.value = value
  }

  /** @internal */ get _wampCodec(): 'Float64' {
    return 'Float64'
  }

  /** The number, so that arithmetic and comparison work: `new Float64(1) + 1` is 2. */
  valueOf(): number {
    return this.value
  }

  /** The number, for `JSON.stringify` of logs and of `message.toJSON()`; our own JSON encoder does not call it. */
  toJSON(): number {
    return this.value
  }
}

/** What a `Tagged` is on the wire. */
export type TaggedKind = 'tag' | 'extension' | 'simple'

const KINDS: readonly unknown[] = ['tag', 'extension', 'simple']

/**
 * A value with a number that says what it is, so that written again it is the same thing:
 *
 *     tag         a CBOR tag (RFC 8949 section 3.4) with any value inside. MsgPack writes it as an extension when it
 *                 can be one
 *     extension   a MsgPack extension: a type of -128..127 and a `Uint8Array`
 *     simple      a simple value of CBOR (RFC 8949 section 3.3) without a meaning of its own; its value is null
 *
 * JSON, UBJSON and FlexBuffers have none of them. The encoder checks the number, because its range depends on the
 * format. Throws a TypeError for other types, and for a simple value with a value.
 */
export class Tagged {
  /** The number of the tag, of the extension's type, or of the simple value. */
  readonly tag: number | bigint
  /** What is tagged; of an extension a `Uint8Array`, of a simple value null. */
  readonly value: unknown
  /** What it is on the wire. */
  declare readonly kind: TaggedKind

  /** `kind` is `tag` by default. Throws TypeError for a number, value or kind that is none. */
  constructor(tag: number | bigint, value: unknown, kind: TaggedKind = 'tag') {
    if (typeof tag !== 'bigint' && !Number.isInteger(tag)) {
      throw new TypeError(`Tagged takes an integer as tag, got ${typeof tag === 'number' ? tag : typeof tag}`)
    }
    if (!KINDS.includes(kind))
      throw new TypeError(`Tagged is a tag, extension or simple, got ${String(kind)}`)
    if (kind === 'simple' && value !== null) throw new TypeError('a simple value has null as value')
    this.tag = tag
    this.value = value
    // `JSON.stringify`, and the encoders that do as it does, show what it is made of: a tag and a value.
    Object.defineProperty(this, 'kind', { value: kind })
  }

  /** @internal */ get _wampCodec(): 'Tagged' {
    return 'Tagged'
  }
}
