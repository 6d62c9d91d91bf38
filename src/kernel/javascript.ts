/**
 * The kernel as JavaScript, for runtimes without WebAssembly and pages that must not compile it: the scalar kernel, as
 * the build has translated it (build/javascript-kernels.mjs). It is a file of its own, which no other runtime loads.
 */
import type { WasmModule } from './wasm-module.ts'

/** What the files `kernel-*.js` of the package export as default. @internal */
export interface JavaScriptKernel extends WasmModule {
  readonly name: string
  /** Exports as those of a `WebAssembly.Instance`. */
  instantiate(): WebAssembly.Exports
}

/** Whether a kernel is one of these. @internal */
export function isJavaScriptKernel(value: unknown): value is JavaScriptKernel {
  const { name, instantiate } = (value ?? {}) as Partial<JavaScriptKernel>
  return typeof instantiate === 'function' && typeof name === 'string' && name.startsWith('kernel-')
}

/** Imports one of these files. Rejects where that cannot be done, and with TypeError for another file. @internal */
export async function importKernel(url: URL): Promise<JavaScriptKernel> {
  // Bundlers have put the file where this URL says; as an import they would put it into the bundle.
  const { default: kernel } = (await import(/* webpackIgnore: true */ /* @vite-ignore */ url.href)) as {
    default: unknown
  }
  if (!isJavaScriptKernel(kernel)) throw new TypeError(`${url.href} is not a kernel of wamp-codec`)
  return kernel
}
