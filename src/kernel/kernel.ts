/**
 * The only code that calls the kernel's exports. One kernel serves all codecs of a thread that use the same module; its
 * memory is scratch: what is in the input window is there until the next load, and only interned URIs are longer.
 */
import { WampCodecError } from '../errors.ts'
import type { Policy } from '../limits.ts'
import { textEncoder, utf8Length } from '../text-coders.ts'
import {
  BAD_RANGE,
  FALLBACK,
  INDEX_ENTRY_WORDS,
  NO_ROOM,
  OK,
  RECORD_IDS,
  RECORD_OUT_END,
  SCAN_LENIENT,
  STEP_BYTES,
  STEP_INDEX,
  STEP_KEY,
  URI_PLACES,
} from './abi.ts'
import { exportsOf, type KernelExports } from './exports.ts'
import type { JavaScriptKernel } from './javascript.ts'

/** The flags of a call that say what it accepts beside the rule. */
export function acceptance({ peers }: Pick<Policy, 'peers'>): number {
  return peers === 'lenient' ? SCAN_LENIENT : 0
}

/** The limits that a scan keeps. */
type ScanLimits = Pick<Policy, 'maxDepth' | 'maxNodes' | 'maxBigIntBytes'>

/** What is read in the input window, `at` bytes from its start, and from which format to which it is written. */
interface WritingPass {
  readonly at: number
  readonly length: number
  readonly from: number
  readonly to: number
  readonly flags: number
  readonly limits: ScanLimits
}

/** What `find` looks for, and from which value on; `size` is what `putSteps` has returned. @internal */
export interface Search {
  readonly mode: number
  readonly from: number
  readonly type: number
  readonly size: number
  /** An entry that is known, and where it is. */
  readonly known: number
  readonly at: number
}

/** At least the bytes that the kernel adds to a frame and to its scratch (assembly/memory.ts). */
const PADDING = 80

/** Bytes between the parts of the input window, more than any load or store goes too far. */
const WINDOW_GAP = 64

/** Places in the memory are 32-bit integers with a sign, in the record and in engines. */
const MAX_MEMORY = 2 ** 31
/** The most bytes by which the kernel makes its memory larger than it was asked to (assembly/memory.ts). */
const MAX_AHEAD = 16 * 2 ** 20

function align(offset: number): number {
  return (offset + 15) & ~15
}

/** A compiled kernel with its views. The views are rebuilt whenever its memory has grown. */
export class Kernel {
  /** Functions of the kernel. Other code calls the methods, which know what is in the input window. */
  readonly exports: KernelExports
  /** URIs that the kernel knows, by the place in their number, and the whole numbers (assembly/uri-table.ts). */
  private readonly uris: string[] = []
  private readonly uriRefs: number[] = []
  /** Byte offset of the URI table's entries. */
  readonly uriEntries: number
  /** Byte offset of the input window. */
  readonly input: number
  /** Word offset of the record, and of its first id in `ids`. */
  readonly record: number
  readonly firstId: number
  /** Word offset of the index. */
  readonly index: number
  /** The whole memory, in three views; no code may keep one across a call that could grow it. */
  bytes!: Uint8Array
  words!: Int32Array
  ids!: Float64Array
  /** Counts what was put into the input window: while the number is the same, the bytes are there still. */
  loads: number = 0
  /** Where the last transcoded value is: from here to `outEnd`, both indexes in `bytes`; nothing after a failure. */
  outStart: number = 0
  outEnd: number = 0
  /** Bytes that were put there. */
  private loaded = 0
  /** Longest frame that fits without growing. */
  private capacity = 0

  constructor(module: WebAssembly.Module | JavaScriptKernel) {
    this.exports = exportsOf(module)
    this.exports.seed((Math.random() * 0x1_0000_0000) | 0)
    this.input = this.exports.input()
    this.uriEntries = this.exports.uriEntries()
    this.record = this.exports.record() >> 2
    this.firstId = (this.record + RECORD_IDS) >> 1
    this.index = this.exports.index() >> 2
    this.refresh()
  }

  /** Whether it has every format, not only json, msgpack and cbor. */
  get isFull(): boolean {
    return this.exports.scanFlatBuffers !== undefined
  }

  /** Scans a frame in the input window, `at` bytes from its start (assembly/scan.ts). Returns the status. */
  scan(at: number, length: number, format: number, flags: number, limits: ScanLimits): number {
    this.hold(at + length)
    const { maxDepth, maxNodes, maxBigIntBytes } = limits
    return inRange(this.exports.scan(at, length, format, flags, maxDepth, maxNodes, maxBigIntBytes))
  }

  /**
   * Checks one payload value of any format in the input window, `at` bytes from its start (assembly/check.ts). Returns
   * the status; of a refused value the record has RECORD_ERROR_AT, counted from the value's first byte.
   */
  check(at: number, length: number, format: number, flags: number, limits: ScanLimits): number {
    this.hold(at + length)
    const { maxDepth, maxNodes, maxBigIntBytes } = limits
    return inRange(this.exports.check(at, length, format, maxDepth, maxNodes, maxBigIntBytes, flags))
  }

  /** Scans a FlatBuffers frame whose args and kwargs are in `format`, as `scan` does. */
  scanFlatBuffers(at: number, length: number, format: number, flags: number, limits: ScanLimits): number {
    this.hold(at + length)
    const { maxDepth, maxNodes, maxBigIntBytes } = limits
    const { scanFlatBuffers } = this.exports as Required<KernelExports>
    return inRange(scanFlatBuffers(at, length, format, flags, maxDepth, maxNodes, maxBigIntBytes))
  }

  /**
   * Checks args and kwargs, each that has bytes, of a FlatBuffers frame whose envelope was read elsewhere; `limits` are
   * what that has left. Places count from the start of the input window. Returns the status; after OK the record has
   * their spans, flags and wide texts.
   */
  checkArgs(
    args: number,
    argsLength: number,
    kwargs: number,
    kwargsLength: number,
    format: number,
    { maxDepth, maxNodes, maxBigIntBytes }: ScanLimits,
  ): number {
    this.hold(args + argsLength)
    this.hold(kwargs + kwargsLength)
    const { checkArgs } = this.exports as Required<KernelExports>
    return inRange(
      checkArgs(args, argsLength, kwargs, kwargsLength, format, maxDepth, maxNodes, maxBigIntBytes),
    )
  }

  /**
   * Finds a part of a value that fills the first `length` bytes of the input window (assembly/find.ts). Returns the
   * status; the record has the answer.
   */
  find(length: number, format: number, flags: number, limits: ScanLimits, search: Search): number {
    this.hold(length)
    const { mode, from, type, size, known, at } = search
    const { maxDepth, maxNodes, maxBigIntBytes } = limits
    const { exports } = this
    return inRange(
      exports.find(
        length,
        format,
        maxDepth,
        maxNodes,
        maxBigIntBytes,
        flags,
        mode,
        from,
        type,
        size,
        known,
        at,
      ),
    )
  }

  /**
   * Writes steps of a path where `find` looks for them; returns their size in bytes. Strings are keys, which must be
   * well-formed, and numbers are those of elements. Makes room for a value of `length` bytes before them; what was
   * loaded stays where it is.
   */
  putSteps(steps: readonly (string | number)[], length: number): number {
    let most = length
    for (const step of steps) most += STEP_BYTES + 4 + (typeof step === 'string' ? step.length * 3 : 0)
    if (most > this.capacity) this.grow(most)
    const start = this.exports.scratch()
    let at = start
    for (const step of steps) {
      at += typeof step === 'string' ? this.putKey(at, step) : this.putStep(at, STEP_INDEX, step, STEP_BYTES)
    }
    return at - start
  }

  /** Writes one step that is no key; there is always room for it. */
  putOne(what: number, number: number): number {
    return this.putStep(this.exports.scratch(), what, number, STEP_BYTES)
  }

  private putKey(at: number, key: string): number {
    const { bytes } = this
    const text = at + STEP_BYTES
    let length = 0
    for (; length < key.length; length++) {
      const code = key.charCodeAt(length)
      if (code >= 0x80) {
        length = textEncoder().encodeInto(key, bytes.subarray(text, text + key.length * 3)).written
        break
      }
      bytes[text + length] = code
    }
    // Words are aligned.
    return this.putStep(at, STEP_KEY, length, (STEP_BYTES + length + 3) & ~3)
  }

  private putStep(at: number, what: number, number: number, size: number): number {
    const { words } = this
    words[at >> 2] = what
    words[(at >> 2) + 1] = number
    words[(at >> 2) + 2] = size
    return size
  }

  /**
   * Transcodes one payload value of the input window, validating it on the way
   * (assembly/transcode.ts). What was loaded stays there. The result goes to the index `place` of `bytes`, which is an
   * earlier `outEnd`, so that it stands right behind that result; 0 is any place. Returns the status; the result is at
   * `outStart` when that is OK. The core kernel cannot: FALLBACK. Throws MEMORY_LIMIT when there is no room.
   */
  transcode(pass: WritingPass, place: number = 0): number {
    return this.writing(this.exports.transcode, pass, place)
  }

  /**
   * As `scan`, of a list frame whose args and kwargs are written in another format on the way
   * (assembly/scan-transcode.ts), from `outStart` on; RECORD_OUT_ARGS_END says where args end. What is wrong with a
   * frame it may say otherwise than `scan`. Beside that it answers as `transcode` does.
   */
  scanTranscoding(pass: WritingPass): number {
    return this.writing(this.exports.scanTranscoding, pass, 0)
  }

  /** Calls what writes behind the loaded bytes, with ever more room until it suffices. */
  private writing(call: KernelExports['transcode'], pass: WritingPass, place: number): number {
    if (call === undefined) return FALLBACK
    const { at, length, from, to, flags } = pass
    this.hold(at + length)
    const { maxDepth, maxNodes, maxBigIntBytes } = pass.limits
    const scratch = align(this.loaded + WINDOW_GAP)
    const out = place > 0 ? place - this.input : align(scratch + this.loaded + WINDOW_GAP)
    this.outStart = this.outEnd = 0
    let room = 2 * length + WINDOW_GAP * 4
    for (;;) {
      if (this.bytes.length - this.input - out < room) this.grow((out + room) / 2)
      const status = inRange(
        call(at, length, from, to, scratch, out, maxDepth, maxNodes, maxBigIntBytes, flags),
      )
      if (status === OK) {
        this.outStart = this.input + out
        this.outEnd = this.input + (this.words[this.record + RECORD_OUT_END] as number)
      }
      if (status !== NO_ROOM) return status
      // All of the memory was too small. Twice as much each time: the work stays linear.
      room = 2 * (this.bytes.length - this.input - out)
    }
  }

  /** Copies bytes to the input window, which grows when it must. Throws MEMORY_LIMIT when it cannot. */
  load(bytes: Uint8Array): void {
    if (bytes.length > this.capacity) this.grow(bytes.length)
    this.bytes.set(bytes, this.input)
    this.loaded = bytes.length
    this.loads++
  }

  /** Encodes text straight into the input window; returns its length in bytes. The text must be well-formed. */
  loadText(text: string): number {
    // Three bytes a unit always suffice; long texts are measured, so that the window does not grow for nothing.
    const most = text.length * 3
    if (most > this.capacity) this.grow(most > MEASURED ? utf8Length(text) : most)
    this.loads++
    const window = this.bytes.subarray(this.input, this.input + this.capacity)
    this.loaded = textEncoder().encodeInto(text, window).written
    return this.loaded
  }

  /** The byte at a place of the input window; undefined behind what was loaded. */
  byteAt(place: number): number | undefined {
    return place < this.loaded ? this.bytes[this.input + place] : undefined
  }

  /** A copy of the first bytes of the input window. */
  copyOut(length: number): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(this.input, this.input + length)
  }

  /** Words of the index: `field | kind << 8 | type << 16`, start, end for each entry, as plain numbers. */
  readIndex(entries: number): number[] {
    const { words, index } = this
    // Most messages with options have one.
    if (entries === 1) return [words[index] as number, words[index + 1] as number, words[index + 2] as number]
    // One that grows by `push` would have room for 17 from its first element on.
    const copy = new Array<number>(entries * INDEX_ENTRY_WORDS)
    for (let i = 0; i < copy.length; i++) copy[i] = words[index + i] as number
    return copy
  }

  /**
   * Number of a URI, -1 when it is too long or not valid. With `isPinned` it stays known however many others come, as
   * long as not too many are pinned: for URIs that the application knows, never for those of peers.
   */
  internUri(uri: string, isPinned: boolean): number {
    const ref = this.exports.internUri(this.loadText(uri), isPinned)
    if (ref >= 0 && this.uriOf(ref) === undefined) this.rememberUri(ref, uri)
    return ref
  }

  /** The same of the URI in `bytes[start, end)`, which must be UTF-8 and no longer than any URI that is interned. */
  internBytes(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start
    const { bytes: memory, input } = this
    for (let i = 0; i < length; i++) memory[input + i] = bytes[start + i] as number
    this.loaded = length
    this.loads++
    return this.exports.internUri(length, false)
  }

  /** The URI with this number, the very same string each time; undefined before `rememberUri`. */
  uriOf(ref: number): string | undefined {
    const place = ref % URI_PLACES
    return this.uriRefs[place] === ref ? this.uris[place] : undefined
  }

  /** Keeps the string of a URI, in place of the one that had its place before. */
  rememberUri(ref: number, uri: string): void {
    const place = ref % URI_PLACES
    this.uriRefs[place] = ref
    this.uris[place] = uri
  }

  /** Throws unless the bytes up to `end` are what was loaded: behind them are those of other messages. */
  private hold(end: number): void {
    if (end > this.loaded) throw outside()
  }

  /** After this there is capacity for `length` bytes: without the padding the next load would grow again. */
  private grow(length: number): void {
    const most = this.input + 2 * (length + 2 * PADDING) + MAX_AHEAD
    if (most > MAX_MEMORY || !this.exports.reserve(length + PADDING)) {
      throw new WampCodecError('MEMORY_LIMIT', `no memory for a frame of ${length} bytes`)
    }
    this.refresh()
  }

  private refresh(): void {
    const { buffer } = this.exports.memory
    this.bytes = new Uint8Array(buffer)
    this.words = new Int32Array(buffer)
    this.ids = new Float64Array(buffer)
    this.capacity = ((buffer.byteLength - this.input - PADDING) >> 1) - PADDING
  }
}

/** The status of a call, whose ranges the kernel has found to be inside of its windows. */
function inRange(status: number): number {
  if (status === BAD_RANGE) throw outside()
  return status
}

function outside(): WampCodecError {
  return new WampCodecError(
    'MEMORY_LIMIT',
    'a range outside of the windows of the kernel, or of what was loaded',
  )
}

/** Bytes from which on it pays to measure a text before room is made for it. */
const MEASURED = 65_536
