/**
 * From bytes to a kernel. Nothing happens at import time: the module is compiled at first use, and kept, so that one
 * kernel serves a thread however many codecs it has.
 */
import { WampCodecError } from '../errors.ts'
import { KERNEL_SIMD } from '../generated/kernel-simd.ts'
import { Kernel } from './kernel.ts'

const kernels = new WeakMap<WebAssembly.Module, Kernel>()
let defaultModule: WebAssembly.Module | null = null

/** What `loadCodec({ wasm })` takes. */
export type WasmSource = URL | Response | BufferSource | WebAssembly.Module

/** The kernel of this thread for a module; the default module is compiled when none is given. */
export function kernelOf(module?: WebAssembly.Module): Kernel {
  module ??= defaultModule ??= compileDefault()
  let kernel = kernels.get(module)
  if (kernel === undefined) {
    kernel = new Kernel(module)
    kernels.set(module, kernel)
  }
  return kernel
}

/** Sets the module that serves where none is given, for platforms that import it compiled (src/workerd.ts). */
export function setDefaultModule(module: WebAssembly.Module): void {
  defaultModule ??= module
}

/** Compiles asynchronously: for main threads of browsers, strict policies and engines without SIMD. */
export async function loadModule(source?: WasmSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source
  if (source !== undefined) return compile(await bytesOf(source))
  if (defaultModule !== null) return defaultModule
  const simd = decodeBase64(KERNEL_SIMD)
  // An engine without SIMD gets the same kernel without it: a separate asset, so that nobody else loads its bytes.
  const bytes = WebAssembly.validate(simd)
    ? simd
    : await bytesOf(new URL('./kernel-scalar.wasm', new URL('../', import.meta.url)))
  defaultModule = await compile(bytes)
  return defaultModule
}

async function compile(bytes: BufferSource): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes)
  } catch (cause) {
    throw unavailable(cause)
  }
}

function compileDefault(): WebAssembly.Module {
  try {
    return new WebAssembly.Module(decodeBase64(KERNEL_SIMD))
  } catch (cause) {
    throw unavailable(cause)
  }
}

function unavailable(cause: unknown): WampCodecError {
  return new WampCodecError(
    'KERNEL_UNAVAILABLE',
    'cannot compile the kernel here; use await loadCodec(), or createCodec({ module }) with a compiled module',
    { cause },
  )
}

/** Not a literal at the place of import: bundlers for browsers would look for the module. */
const NODE_FILES = ['node:fs', 'promises'].join('/')

async function bytesOf(source: URL | Response | BufferSource): Promise<BufferSource> {
  if (source instanceof URL) {
    if (source.protocol === 'file:') {
      const { readFile } = (await import(NODE_FILES)) as typeof import('node:fs/promises')
      return readFile(source)
    }
    source = await fetch(source)
  }
  return source instanceof Response ? source.arrayBuffer() : source
}

/** Standard base64 to bytes; a loop, because `atob` with `Uint8Array.from` takes 5 ms for 40 KB (Node 20, 2026). */
function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}
