/** The functions of a kernel, as kernel.ts calls them. */

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
