/**
 * What a value is by its brand: the slots that a built-in class gives its objects. Subclasses have it, objects of
 * another realm too (a vm context, an iframe, jsdom); `Symbol.toStringTag` cannot feign it. `instanceof` sees neither
 * the realm nor the lie. Any layer may import this file; it imports nothing.
 */

type Getter<T> = (this: unknown) => T

function getterOf<T>(prototype: object, name: string | symbol): Getter<T> {
  return Object.getOwnPropertyDescriptor(prototype, name)?.get as Getter<T>
}

const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object

// The getters of the prototypes: a subclass may answer anything.
/** The name of the built-in class of a typed array; undefined for anything else. */
const nameOf = getterOf<string | undefined>(typedArray, Symbol.toStringTag)
export const bufferOf: Getter<ArrayBufferLike> = getterOf(typedArray, 'buffer')
export const offsetOf: Getter<number> = getterOf(typedArray, 'byteOffset')
export const lengthOf: Getter<number> = getterOf(typedArray, 'length')
const byteLengthOf = getterOf<number>(ArrayBuffer.prototype, 'byteLength')
const sizeOf = getterOf<number>(Map.prototype, 'size')

/** What an object says of itself: quick, and not to be believed. */
export const tagOf: (this: unknown) => string = Object.prototype.toString

const isBehind = Object.prototype.isPrototypeOf

/** Engines of before 2024 have no buffers that can be resized. */
const CAN_RESIZE = 'resizable' in ArrayBuffer.prototype

/** The name of a typed array's class, as `Float64Array`; undefined for any other value. */
export function typedArrayName(value: unknown): string | undefined {
  return nameOf.call(value)
}

/** True for a Uint8Array, also for a Buffer. */
export function isBytes(value: unknown): value is Uint8Array {
  return nameOf.call(value) === 'Uint8Array'
}

/** True for an ArrayBuffer. */
export function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return tagOf.call(value) === '[object ArrayBuffer]' && accepts(byteLengthOf, value)
}

/** True for a SharedArrayBuffer. Browsers hide the class unless the page is isolated; then none can exist. */
export function isSharedBuffer(value: unknown): value is SharedArrayBuffer {
  if (tagOf.call(value) !== '[object SharedArrayBuffer]' || typeof SharedArrayBuffer === 'undefined')
    return false
  return accepts(getterOf<number>(SharedArrayBuffer.prototype, 'byteLength'), value)
}

/** True for memory without a view. */
export function isBuffer(value: unknown): value is ArrayBufferLike {
  return isArrayBuffer(value) || isSharedBuffer(value)
}

/** True for a Map. */
export function isMap(value: unknown): value is Map<unknown, unknown> {
  if (typeof value !== 'object' || value === null) return false
  // Nearly all dictionaries.
  if (Object.getPrototypeOf(value) === Object.prototype) return false
  // A subclass may have a tag of its own.
  const mayBe = tagOf.call(value) === '[object Map]' || isBehind.call(Map.prototype, value)
  return mayBe && accepts(sizeOf, value)
}

/** True when the built-in method or getter accepts the value as its `this`. */
export function accepts(method: (this: never) => unknown, value: unknown): boolean {
  try {
    method.call(value as never)
    return true
  } catch {
    return false
  }
}

/** True for memory that is fixed: no other thread can write to it, and it cannot be resized. */
export function isFixed(buffer: ArrayBufferLike): boolean {
  return CAN_RESIZE ? (buffer as ArrayBuffer).resizable === false : isArrayBuffer(buffer)
}

/** The bytes themselves when their memory is fixed in this sense, and a copy otherwise. */
export function fixedBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return isFixed(bytes.buffer) ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes)
}

/** True for memory of this thread alone. Nearly all buffers are told by their constructor, which costs nothing. */
export function isUnshared(buffer: ArrayBufferLike): buffer is ArrayBuffer {
  return buffer.constructor === ArrayBuffer || !isSharedBuffer(buffer)
}

/** The bytes themselves, or a copy of shared memory, which platforms refuse to send, encrypt or hash. */
export function unshared(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return isUnshared(bytes.buffer) ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes)
}

/** False for a typed array whose buffer was detached, or shrunk until nothing is left of the array. */
export function isAttached(view: ArrayBufferView): boolean {
  // Its length is 0, like that of an empty one; only the methods tell them apart.
  return lengthOf.call(view) > 0 || accepts(Uint8Array.prototype.keys, view)
}
