/** The functions of a kernel, as kernel.ts calls them, and how a module gives them. */
import { isJavaScriptKernel, type JavaScriptKernel } from './javascript.ts'

/** The export list of assembly/index.ts. Addresses are byte offsets in `memory`. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory
  seed(value: number): void
  input(): number
  record(): number
  index(): number
  reserve(length: number): boolean | number
  scan(
    at: number,
    length: number,
    format: number,
    flags: number,
    maxDepth: number,
    maxNodes: number,
    maxBigIntBytes: number,
  ): number
  check(
    at: number,
    length: number,
    format: number,
    maxDepth: number,
    maxNodes: number,
    maxBigIntBytes: number,
    flags: number,
  ): number
  internUri(length: number, isPinned: boolean): number
  uriEntries(): number
  scratch(): number
  find(
    length: number,
    format: number,
    maxDepth: number,
    maxNodes: number,
    maxBigIntBytes: number,
    flags: number,
    mode: number,
    from: number,
    type: number,
    size: number,
    known: number,
    at: number,
  ): number
  /** As `scan`, of a FlatBuffers frame whose args and kwargs are in `format`; not in the core kernel. */
  scanFlatBuffers?: KernelExports['scan']
  /** Nor are all that follow. */
  checkArgs?(
    args: number,
    argsLength: number,
    kwargs: number,
    kwargsLength: number,
    format: number,
    maxDepth: number,
    maxNodes: number,
    maxBigIntBytes: number,
  ): number
  scanTranscoding?: KernelExports['transcode']
  transcode?(
    at: number,
    length: number,
    from: number,
    to: number,
    scratch: number,
    out: number,
    maxDepth: number,
    maxNodes: number,
    maxBigIntBytes: number,
    flags: number,
  ): number
}

/** The exports of a new instance of the kernel. Throws TypeError for a module that is no kernel of this package. */
export function exportsOf(module: WebAssembly.Module | JavaScriptKernel): KernelExports {
  const exports = (isJavaScriptKernel(module) ? module.instantiate() : instantiate(module)) as unknown
  const { seed, scan, uriEntries } = exports as Partial<KernelExports>
  if (typeof seed !== 'function' || typeof scan !== 'function' || typeof uriEntries !== 'function') {
    throw new TypeError(NO_KERNEL)
  }
  return exports as KernelExports
}

const NO_KERNEL = 'the module is no kernel of wamp-codec'

function instantiate(module: WebAssembly.Module): WebAssembly.Exports {
  try {
    return new WebAssembly.Instance(module, {}).exports
  } catch (cause) {
    // Anything but memory that cannot be had: it has imports.
    throw cause instanceof RangeError ? cause : new TypeError(NO_KERNEL, { cause })
  }
}
