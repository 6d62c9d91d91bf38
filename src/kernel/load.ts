/**
 * From bytes to a kernel. Nothing happens at import time: the module is compiled at first use, and kept, so that one
 * kernel serves a thread however many codecs it has.
 */
import { wrongArgument } from '../arguments.ts'
import { isBuffer } from '../brand.ts'
import { WampCodecError } from '../errors.ts'
import { strictDecoder, textEncoder } from '../text-coders.ts'
import { importKernel, isJavaScriptKernel } from './javascript.ts'
import { Kernel } from './kernel.ts'
import type { WasmModule } from './wasm-module.ts'

const kernels = new WeakMap<WasmModule, Kernel>()
let latest: Kernel | null = null

/** A `URL`, by what is read of it. */
export interface UrlLike {
  /** The whole URL. */
  readonly href: string
  /** The scheme with its colon: `file:` is read by Node, everything else is fetched. */
  readonly protocol: string
}

/** A `Response` of `fetch`, by what is read of it. */
export interface ResponseLike {
  /** The bytes of the body. */
  arrayBuffer(): Promise<ArrayBuffer>
}

/**
 * Where `loadCodec({ wasm })` gets the kernel from: the URL of a file `kernel-*.wasm` of this package, a response with
 * it, its bytes, or the compiled module.
 */
export type WasmSource = UrlLike | ResponseLike | ArrayBuffer | ArrayBufferView | WasmModule

/**
 * The kernel of this thread for a module. Throws WampCodecError KERNEL_UNAVAILABLE where it cannot work.
 *
 * @internal
 */
export function kernelOf(module: WasmModule): Kernel {
  let kernel = kernels.get(module)
  if (kernel === undefined) {
    if (!isJavaScriptKernel(module)) checkWebAssembly()
    // A codec without them would fail at its first text.
    textEncoder()
    strictDecoder()
    kernel = new Kernel(module)
    kernels.set(module, kernel)
  }
  latest = kernel
  return kernel
}

/**
 * A kernel of this thread, whichever: for work that every one can do. Throws TypeError while there is none.
 *
 * @internal
 */
export function anyKernel(): Kernel {
  if (latest === null) throw new TypeError('create a codec first: this needs its kernel')
  return latest
}

/** Whether a value is a kernel, compiled or as JavaScript. @internal */
export function isKernel(value: unknown): value is WasmModule {
  return Object.prototype.toString.call(value) === '[object WebAssembly.Module]' || isJavaScriptKernel(value)
}

/** The files with the kernel of an entry that are loaded when they are needed. @internal */
export interface KernelFiles {
  /** `kernel-*-scalar.wasm`, for engines without SIMD. */
  readonly scalar: () => URL
  /** `kernel-*-scalar.js`, where WebAssembly is missing or must not be compiled. */
  readonly javascript: () => URL
}

/** The kernel that an entry of the package has with it. @internal */
export class KernelAsset {
  private readonly bytes: () => Uint8Array<ArrayBuffer>
  private readonly files: KernelFiles
  private module: WasmModule | null = null
  /** While it is compiled asynchronously: what other calls get meanwhile. */
  private loading: Promise<WasmModule> | null = null

  /**
   * `simd` is the SIMD build in hexadecimal, or gives its bytes; `files` says where the same kernel is for those that
   * cannot run it.
   */
  constructor(simd: string | (() => Uint8Array<ArrayBuffer>), files: KernelFiles) {
    this.bytes = typeof simd === 'string' ? () => decodeHex(simd) : simd
    this.files = files
  }

  /** The same kernel, for a script that has its SIMD build elsewhere, and maybe the others, too. */
  from(bytes: () => Uint8Array<ArrayBuffer>, files: KernelFiles = this.files): KernelAsset {
    return new KernelAsset(bytes, files)
  }

  /** Sets the compiled module, on platforms that import it so (src/workerd.ts). */
  provide(module: WasmModule): void {
    this.module ??= module
  }

  /** Compiles at the first call. Throws WampCodecError KERNEL_UNAVAILABLE where that is not possible. */
  compiled(): WasmModule {
    if (this.module === null) {
      checkWebAssembly()
      this.module = compileNow(this.bytes())
    }
    return this.module
  }

  /**
   * Compiles asynchronously: for main threads of browsers, and engines without SIMD. Where WebAssembly is missing or
   * must not be compiled this is the kernel as JavaScript. Rejects with WampCodecError KERNEL_UNAVAILABLE when a file
   * that is needed cannot be loaded, or the bytes are not WebAssembly.
   */
  async load(source?: WasmSource): Promise<WasmModule> {
    if (isKernel(source)) return source
    if (source !== undefined) checkSource(source)
    if (source !== undefined) return this.compile(() => given(source))
    if (this.module !== null) return this.module
    this.loading ??= this.compile(async () => {
      const simd = this.bytes()
      // An engine without SIMD gets a separate asset, so that no other engine loads its bytes.
      return WebAssembly.validate(simd) ? simd : loaded(this.files.scalar, bytesOf, NO_SIMD)
    })
    try {
      const module = await this.loading
      // `compiled` or `provide` may have been called meanwhile: a thread has one kernel.
      this.module ??= module
      return this.module
    } finally {
      // A failure is not kept: the next try may find the file.
      this.loading = null
    }
  }

  /** Compiles bytes, or imports the kernel as JavaScript. */
  private async compile(bytes: () => Promise<BufferSource>): Promise<WasmModule> {
    if (!hasWebAssembly()) return loaded(this.files.javascript, importKernel, MISSING)
    const binary = await bytes()
    try {
      return await WebAssembly.compile(binary)
    } catch (cause) {
      if (!isValid(binary)) throw unavailable(NO_KERNEL, cause)
      return loaded(this.files.javascript, importKernel, FORBIDDEN)
    }
  }
}

/** Loads a file of the package. Rejects with WampCodecError KERNEL_UNAVAILABLE that says why it is needed. */
async function loaded<T>(file: () => URL, load: (url: URL) => Promise<T>, reason: string): Promise<T> {
  let place = ''
  try {
    const url = file()
    place = ` from ${url.href}`
    return await load(url)
  } catch (cause) {
    throw unavailable(`${reason}, and the kernel for it cannot be loaded${place}; ${REMEDY}`, cause)
  }
}

/** Throws TypeError if the value is not a source of a kernel. */
function checkSource(source: unknown): void {
  const tag = Object.prototype.toString.call(source).slice(8, -1)
  if (SOURCES.includes(tag) || ArrayBuffer.isView(source) || isBuffer(source)) return
  const expected = 'a URL object, Response, BufferSource or WebAssembly.Module'
  if (tag === 'Promise')
    throw new TypeError(`wasm: expected ${expected}, got a promise, which must be awaited`)
  throw wrongArgument('wasm', expected, source)
}

const SOURCES: readonly string[] = ['URL', 'Response', 'WebAssembly.Module']

function compileNow(bytes: BufferSource): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes)
  } catch (cause) {
    if (!isValid(bytes)) {
      throw unavailable(
        `${NO_SIMD}; use await loadCodec(), which loads a kernel that does not need it`,
        cause,
      )
    }
    if (cause instanceof RangeError) throw unavailable(TOO_LARGE, cause)
    const allow = "allow 'wasm-unsafe-eval' in the script-src of the content security policy"
    throw unavailable(`${FORBIDDEN}; ${allow}, or ${USE_JAVASCRIPT}`, cause)
  }
}

/** Whether it is not the bytes that the engine objects to; content policies do not forbid the question. */
function isValid(bytes: BufferSource): boolean {
  return WebAssembly.validate(bytes)
}

const MISSING = 'this runtime has no WebAssembly'
const FORBIDDEN = 'compiling WebAssembly is forbidden here'
const NO_SIMD = 'this engine has no WebAssembly SIMD'
const REMEDY =
  'put the file of this name in dist/ of wamp-codec there, or give the kernel in the option module'
const USE_JAVASCRIPT = 'use await loadCodec(), which then runs the kernel as JavaScript'
const TOO_LARGE =
  'compiling the kernel synchronously is forbidden here; use await loadCodec(), or give createCodec a compiled ' +
  'kernel in the option module'
const NO_KERNEL =
  'this engine cannot compile the kernel: its bytes are not WebAssembly, or need a feature that the engine lacks'

function unavailable(text: string, cause?: unknown): WampCodecError {
  return new WampCodecError('KERNEL_UNAVAILABLE', text, { cause })
}

/** Whether the runtime has WebAssembly: some that forbid it have null in its place. @internal */
export function hasWebAssembly(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly !== null
}

/** Throws WampCodecError KERNEL_UNAVAILABLE where there is no WebAssembly at all. */
function checkWebAssembly(): void {
  if (!hasWebAssembly()) throw unavailable(`${MISSING}; ${USE_JAVASCRIPT}`)
}

/** Not a literal at the place of import: bundlers for browsers would look for the module. */
const NODE_FILES: string = 'node:fs/promises'

/** The bytes of a source of the application's. Rejects with WampCodecError KERNEL_UNAVAILABLE. */
async function given(source: WasmSource): Promise<BufferSource> {
  try {
    return await bytesOf(source as URL | Response | BufferSource)
  } catch (cause) {
    const place = 'href' in source ? ` from ${source.href}` : ''
    throw unavailable(`the kernel cannot be loaded${place}: ${(cause as Error).message}`, cause)
  }
}

async function bytesOf(source: URL | Response | BufferSource): Promise<BufferSource> {
  // By what they have: a runtime may lack these classes, or have them twice.
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
  // Shared memory is none that engines compile, a view of it is.
  if ('byteLength' in source) return new Uint8Array(source)
  if ('arrayBuffer' in source) return bodyOf(source)
  if (source.protocol === 'file:') {
    const files: unknown = await import(/* webpackIgnore: true */ /* @vite-ignore */ NODE_FILES)
    const { readFile } = files as typeof import('node:fs/promises')
    return readFile(source)
  }
  return bodyOf(await fetch(source))
}

/** The bytes of a response. Rejects with Error for that of a server that has no kernel to give. */
function bodyOf(response: Response): Promise<ArrayBuffer> {
  if (response.ok === false) throw new Error(`the server answers with status ${response.status}`)
  return response.arrayBuffer()
}

/** What Node has for this, and takes 0.1 ms where the loop takes 3 (Node 24, x86-64, 2026). */
interface NativeHex {
  readonly Buffer?: { from(text: string, encoding: 'hex'): Uint8Array<ArrayBuffer> }
}

function decodeHex(text: string): Uint8Array<ArrayBuffer> {
  const { Buffer } = globalThis as NativeHex
  if (Buffer !== undefined) return Buffer.from(text, 'hex')
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = (digit(text.charCodeAt(2 * i)) << 4) | digit(text.charCodeAt(2 * i + 1))
  }
  return bytes
}

/** The value of a hexadecimal digit, in lower case as the build writes them. */
function digit(code: number): number {
  return code < 0x40 ? code - 0x30 : code - 0x57
}
