/**
 * Values that plain JavaScript cannot express: a number that must stay a float, and a tagged value.
 * Applications make them, the encoders of this folder write them; the decoders make `Tagged` only, on request.
 */

/**
 * A number that is written as a float even when it is integral (typed peers care): CBOR fb, MsgPack cb, JSON `1.0`.
 * NaN and the infinities are allowed; JSON refuses them when it writes them.
 * Throws a TypeError for anything but a number.
 */
export class Float64 {
  readonly value: number

  constructor(value: number) {
    if (typeof value !== 'number') throw new TypeError(`Float64 takes a number, got ${typeof value}`)
    this.value = value
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

/**
 * A value with a number that says what it is: a CBOR tag (RFC 8949 section 3.4) with any value inside, or a MsgPack
 * extension with a type of -128..127 and a `Uint8Array`. JSON has neither.
 * The encoder checks the number, because its range depends on the format. Throws a TypeError for other types.
 */
export class Tagged {
  readonly tag: number | bigint
  readonly value: unknown

  constructor(tag: number | bigint, value: unknown) {
    if (typeof tag !== 'bigint' && !Number.isInteger(tag)) {
      throw new TypeError(`Tagged takes an integer as tag, got ${typeof tag === 'number' ? tag : typeof tag}`)
    }
    this.tag = tag
    this.value = value
  }
}
