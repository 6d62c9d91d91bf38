/** Runtimes that import WebAssembly as modules give them compiled (src/workerd.ts), or instances (src/targets). */
declare module '*.wasm' {
  const kernel: WebAssembly.Module
  export default kernel
}
