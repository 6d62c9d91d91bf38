/** Runtimes that import WebAssembly as modules give them compiled; only src/workerd.ts does. */
declare module '*.wasm' {
  const kernel: WebAssembly.Module
  export default kernel
}
