/**
 * What a value is by its brand: the slots that a built-in class gives its objects. Subclasses have it, objects of
 * another realm too (a vm context, an iframe, jsdom); `Symbol.toStringTag` cannot feign it. `instanceof` sees neither
 * the realm nor the lie. Everybody may import this file; it imports nothing.
 */
type Getter<T> = (this: unknown) => T;
export declare const bufferOf: Getter<ArrayBufferLike>;
export declare const offsetOf: Getter<number>;
export declare const lengthOf: Getter<number>;
/** What an object says of itself: quick, and not to be believed. */
export declare const tagOf: (this: unknown) => string;
/** The name of a typed array's class, as `Float64Array`; undefined for what is none. */
export declare function typedArrayName(value: unknown): string | undefined;
/** True for a Uint8Array, also for a Buffer. */
export declare function isBytes(value: unknown): value is Uint8Array;
/** True for an ArrayBuffer. */
export declare function isArrayBuffer(value: unknown): value is ArrayBuffer;
/** True for a SharedArrayBuffer. Browsers hide the class unless the page is isolated; then nobody can have one. */
export declare function isSharedBuffer(value: unknown): value is SharedArrayBuffer;
/** True for memory without a view. */
export declare function isBuffer(value: unknown): value is ArrayBufferLike;
/** True for a Map. */
export declare function isMap(value: unknown): value is Map<unknown, unknown>;
/** True when the built-in method or getter accepts the value as its `this`. */
export declare function accepts(method: (this: never) => unknown, value: unknown): boolean;
/** True for memory that nobody else can write to or make shorter: no shared buffer, and none that can be resized. */
export declare function isFixed(buffer: ArrayBufferLike): boolean;
/** The bytes themselves when nobody else can write to them or make them shorter, and a copy otherwise. */
export declare function fixedBytes(bytes: Uint8Array): Uint8Array;
/** False for a typed array whose buffer was detached, or shrunk until nothing is left of the array. */
export declare function isAttached(view: ArrayBufferView): boolean;
export {};
