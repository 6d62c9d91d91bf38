/** The kernels as JavaScript, out of the build (build/javascript-kernels.mjs). */
import type { WasmModule } from '../../src/index.ts'

/** The kernel in a file `kernel-*.js`. */
export async function javascriptKernel(file: string): Promise<WasmModule> {
  const url = new URL(`../../out/wasm/${file}`, import.meta.url)
  const { default: kernel } = (await import(/* @vite-ignore */ url.href)) as { default: WasmModule }
  return kernel
}
