/**
 * What a value is by its brand: the slots that a built-in class gives its objects. Subclasses have it, objects of
 * another realm too (a vm context, an iframe, jsdom); `Symbol.toStringTag` cannot feign it. `instanceof` sees neither
 * the realm nor the lie. Everybody may import this file; it imports nothing.
 */
function getterOf(prototype, name) {
    return Object.getOwnPropertyDescriptor(prototype, name)?.get;
}
const typedArray = Object.getPrototypeOf(Uint8Array.prototype);
// The getters of the prototypes: a subclass may answer anything.
/** The name of the built-in class of a typed array; undefined for anything else. */
const nameOf = getterOf(typedArray, Symbol.toStringTag);
export const bufferOf = getterOf(typedArray, 'buffer');
export const offsetOf = getterOf(typedArray, 'byteOffset');
export const lengthOf = getterOf(typedArray, 'length');
const byteLengthOf = getterOf(ArrayBuffer.prototype, 'byteLength');
const sizeOf = getterOf(Map.prototype, 'size');
/** What an object says of itself: quick, and not to be believed. */
export const tagOf = Object.prototype.toString;
/** Engines of before 2024 have no buffers that can be resized. */
const CAN_RESIZE = 'resizable' in ArrayBuffer.prototype;
/** The name of a typed array's class, as `Float64Array`; undefined for what is none. */
export function typedArrayName(value) {
    return nameOf.call(value);
}
/** True for a Uint8Array, also for a Buffer. */
export function isBytes(value) {
    return nameOf.call(value) === 'Uint8Array';
}
/** True for an ArrayBuffer. */
export function isArrayBuffer(value) {
    return tagOf.call(value) === '[object ArrayBuffer]' && accepts(byteLengthOf, value);
}
/** True for a SharedArrayBuffer. Browsers hide the class unless the page is isolated; then nobody can have one. */
export function isSharedBuffer(value) {
    if (tagOf.call(value) !== '[object SharedArrayBuffer]' || typeof SharedArrayBuffer === 'undefined')
        return false;
    return accepts(getterOf(SharedArrayBuffer.prototype, 'byteLength'), value);
}
/** True for memory without a view. */
export function isBuffer(value) {
    return isArrayBuffer(value) || isSharedBuffer(value);
}
/** True for a Map. */
export function isMap(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    // Nearly all dictionaries.
    if (Object.getPrototypeOf(value) === Object.prototype)
        return false;
    return tagOf.call(value) === '[object Map]' && accepts(sizeOf, value);
}
/** True when the built-in method or getter accepts the value as its `this`. */
export function accepts(method, value) {
    try {
        method.call(value);
        return true;
    }
    catch {
        return false;
    }
}
/** True for memory that nobody else can write to or make shorter: no shared buffer, and none that can be resized. */
export function isFixed(buffer) {
    return CAN_RESIZE ? buffer.resizable === false : isArrayBuffer(buffer);
}
/** The bytes themselves when nobody else can write to them or make them shorter, and a copy otherwise. */
export function fixedBytes(bytes) {
    return isFixed(bytes.buffer) ? bytes : new Uint8Array(bytes);
}
/** False for a typed array whose buffer was detached, or shrunk until nothing is left of the array. */
export function isAttached(view) {
    // Its length is 0, like that of an empty one; only the methods tell them apart.
    return lengthOf.call(view) > 0 || accepts(Uint8Array.prototype.keys, view);
}
