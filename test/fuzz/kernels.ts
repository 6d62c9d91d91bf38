/**
 * All four kernels on the same bytes: scalar and SIMD, full and core. They are called by themselves, without the
 * façade, and everything that they leave in their memory must be the same.
 */
import { readFileSync } from 'node:fs'
import {
  FIELD_NONE,
  FORMAT_CBOR,
  OK,
  RECORD_ARGS_END,
  RECORD_ARGS_START,
  RECORD_ERROR_KIND,
  RECORD_ERROR_WANT,
  RECORD_FIELDS,
  RECORD_KWARGS_END,
  RECORD_KWARGS_START,
  RECORD_OUT_END,
  RECORD_WORDS,
  WANT_HOPS,
  WANT_LENGTH,
} from '../../src/kernel/abi.ts'
import { StaticImage } from '../support/image.ts'
import { hex } from '../support/vectors.ts'
import type { FuzzFormat } from './seeds.ts'

/** Numbers of the formats (src/kernel/abi.ts). */
const NUMBERS: Readonly<Record<FuzzFormat, number>> = {
  json: 1,
  msgpack: 2,
  cbor: 3,
  ubjson: 4,
  'ubjson-draft12': 5,
  flexbuffers: 6,
  flatbuffers: 7,
}

type Call = (...values: number[]) => number

interface Instance {
  readonly name: string
  readonly call: Readonly<Record<string, Call>>
  readonly bytes: Uint8Array
  readonly words: Int32Array
  readonly input: number
  readonly image: StaticImage
}

/** Bytes of the window that each call may have; the memory never grows, so that views stay. */
const ROOM = 1 << 20

/** Limits of a call: depth, nodes, bytes of a big integer. */
export type Limits = readonly [depth: number, nodes: number, bigint: number]

function instanceOf(name: string): Instance {
  const file = new URL(`../../out/wasm/kernel-${name}.wasm`, import.meta.url)
  const wasm = readFileSync(file)
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm), {})
  const call = exports as unknown as Record<string, Call>
  call.seed?.(1)
  call.reserve?.(ROOM)
  const memory = exports.memory as WebAssembly.Memory
  const { buffer } = memory
  const input = call.input?.() as number
  const image = new StaticImage(wasm, memory)
  return { name, call, bytes: new Uint8Array(buffer), words: new Int32Array(buffer), input, image }
}

/** The kernels, as a test has them for itself: they remember URIs and shapes. */
export class Kernels {
  readonly all: readonly Instance[] = ['scalar', 'simd', 'core-scalar', 'core-simd'].map(instanceOf)

  /** What differs between them for these bytes, or null. */
  difference(
    format: FuzzFormat,
    bytes: Uint8Array,
    flags: number,
    limits: Limits,
    to: number,
  ): string | null {
    const [oracle, ...others] = this.all.filter(({ name }) => hasFormat(name, format))
    const wanted = outcomes(oracle as Instance, format, bytes, flags, limits, to)
    for (const other of others) {
      const got = outcomes(other, format, bytes, flags, limits, to)
      for (const [what, text] of Object.entries(got)) {
        if (text !== wanted[what]) return `${other.name} ${what}: ${text}, not ${wanted[what]}`
      }
    }
    for (const { name, image } of this.all) {
      const changed = image.difference()
      if (changed !== null) return `${name}: ${changed}`
    }
    return null
  }
}

function hasFormat(kernel: string, format: FuzzFormat): boolean {
  return !kernel.startsWith('core') || NUMBERS[format] <= FORMAT_CBOR
}

/** Everything that the calls of a kernel answer, by name. */
function outcomes(
  kernel: Instance,
  format: FuzzFormat,
  bytes: Uint8Array,
  flags: number,
  limits: Limits,
  to: number,
): Record<string, string> {
  const { call, input } = kernel
  const { length } = bytes
  const number = NUMBERS[format]
  const result: Record<string, string> = {}
  const run = (name: string, action: () => number): number => {
    begin(kernel, bytes)
    const status = action()
    result[name] = `${status} ${recordOf(kernel)}`
    return status
  }
  if (format === 'flatbuffers') {
    const status = run('scanFlatBuffers', () => call.scanFlatBuffers!(0, length, to, flags, ...limits))
    if (status !== OK) return result
    const word = (place: number): number => kernel.words[(call.record!() >> 2) + place] as number
    const [args, kwargs] = [word(RECORD_ARGS_START), word(RECORD_KWARGS_START)]
    const [argsLength, kwargsLength] = [word(RECORD_ARGS_END) - args, word(RECORD_KWARGS_END) - kwargs]
    run('checkArgs', () => call.checkArgs!(args, argsLength, kwargs, kwargsLength, to, ...limits))
    return result
  }
  if (format !== 'flexbuffers') run('scan', () => call.scan!(0, length, number, flags, ...limits))
  run('check', () => call.check!(0, length, number, ...limits, flags & 2))
  // To the same format nobody transcodes: the bytes are taken as they are.
  if (call.transcode === undefined || to === number) return result
  const scratch = (length + 127) & ~15
  const out = scratch + scratch
  const write = (name: 'transcode' | 'scanTranscoding'): void => {
    const status = run(name, () => call[name]!(0, length, number, to, scratch, out, ...limits, flags & 2))
    const end = kernel.words[(call.record!() >> 2) + RECORD_OUT_END] as number
    if (status === OK) result[`output of ${name}`] = hex(kernel.bytes.subarray(input + out, input + end))
  }
  write('transcode')
  if (format !== 'flexbuffers') write('scanTranscoding')
  return result
}

/** The bytes in the input window, and a record that nobody has written. */
function begin({ bytes, words, input, call }: Instance, value: Uint8Array): void {
  bytes.set(value, input)
  bytes.fill(0, input + value.length, input + value.length + 64)
  const record = call.record!() >> 2
  words.fill(0, record, record + RECORD_WORDS)
}

/**
 * The record with its index. What came in place of a missing element, or of a missing key of a hop, is the kind of some
 * value before it.
 */
function recordOf({ words, call }: Instance): string {
  const record = call.record!() >> 2
  const want = words[record + RECORD_ERROR_WANT]
  if (want === WANT_LENGTH || want === WANT_HOPS) words[record + RECORD_ERROR_KIND] = 0
  const entries = words[record + RECORD_FIELDS] as number
  const index = call.index!() >> 2
  // Nor the kind in the trace of a value under a key that is not known, which is that of some value inside of it.
  for (let at = index; at < index + 3 * entries; at += 3) {
    if (((words[at] as number) & 0xff) === FIELD_NONE) words[at] = FIELD_NONE
  }
  return [
    ...words.subarray(record, record + RECORD_WORDS),
    ...words.subarray(index, index + 3 * entries),
  ].join()
}
