/** What a compiled kernel is to TypeScript, whatever libraries it knows. */

/**
 * A compiled kernel: a `WebAssembly.Module`, or the default export of a file `kernel-*.js` of this package, which is
 * the kernel as JavaScript. It is described here without members because a program without the DOM library does not
 * know the name `WebAssembly`; a promise of one is none.
 */
export interface WasmModule {
  /** Absent. */
  readonly then?: never
}
