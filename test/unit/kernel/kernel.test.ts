/** Tests of src/kernel/kernel.ts: the check of one payload value by itself, in every format and in both builds. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ERROR_CODES } from '../../../src/errors.ts'
import { createCodec } from '../../../src/index.ts'
import * as abi from '../../../src/kernel/abi.ts'
import { Kernel } from '../../../src/kernel/kernel.ts'
import { DEFAULT_POLICY } from '../../../src/limits.ts'
import { unhex, utf8 } from '../payload/formats.ts'

const WASM = (build: string): URL => new URL(`../../../out/wasm/kernel-${build}.wasm`, import.meta.url)

/** Format, a value, one with something behind it, and one that is not well-formed with code and offset. */
const ROWS: [string, number, Uint8Array, Uint8Array, Uint8Array, string, number][] = [
  ['json', abi.FORMAT_JSON, utf8(' {"a":[1]} '), utf8('[] 1'), utf8('[1,}'), 'BAD_TOKEN', 3],
  ['msgpack', abi.FORMAT_MSGPACK, unhex('81a16101'), unhex('9000'), unhex('92c1'), 'LENGTH_OVERRUN', 0],
  ['cbor', abi.FORMAT_CBOR, unhex('a1616101'), unhex('8000'), unhex('811c'), 'BAD_TOKEN', 1],
]

describe.each(['simd', 'scalar'])('check in the %s build', (build) => {
  const kernel = new Kernel(new WebAssembly.Module(readFileSync(WASM(build))))

  /** Checks the value between other bytes, which must stay as they are; returns code and offset. */
  function check(
    format: number,
    value: Uint8Array,
    flags = 0,
    limits = {},
  ): { code: string; at: number | null } {
    const frame = Buffer.concat([Buffer.alloc(7, 0x22), value, Buffer.alloc(9, 0x22)])
    kernel.load(frame)
    const status = kernel.check(7, value.length, format, flags, { ...DEFAULT_POLICY, ...limits })
    expect(kernel.copyOut(frame.length)).toEqual(new Uint8Array(frame))
    if (status === abi.OK) return { code: 'OK', at: null }
    return { code: ERROR_CODES[status - 1] as string, at: kernel.words[kernel.record + abi.RECORD_ERROR_AT]! }
  }

  test.each(ROWS)('takes one value of %s and nothing else', (_, format, value, two, bad, code, at) => {
    expect(check(format, value)).toEqual({ code: 'OK', at: null })
    expect(check(format, two)).toEqual({ code: 'TRAILING_BYTES', at: two.length - 1 })
    expect(check(format, bad)).toEqual({ code, at })
    expect(check(format, value.subarray(0, value.length - 2)).code).not.toBe('OK')
    expect(check(format, new Uint8Array(0))).toEqual({ code: 'TRUNCATED', at: 0 })
    expect(check(format, value, 0, { maxDepth: 0 }).code).toBe('DEPTH_LIMIT')
    expect(check(format, value, 0, { maxNodes: 1 }).code).toBe('NODE_LIMIT')
  })

  test('takes FlexBuffers, which is read from the end', () => {
    const value = unhex('01610002140128')
    expect(check(abi.FORMAT_FLEXBUFFERS, value.subarray(0, 6))).toEqual({ code: 'OK', at: null })
    expect(check(abi.FORMAT_FLEXBUFFERS, value)).toEqual({ code: 'BAD_TOKEN', at: 6 })
    expect(check(abi.FORMAT_FLEXBUFFERS, unhex('01ff00021401'))).toEqual({ code: 'BAD_UTF8', at: 1 })
    expect(check(abi.FORMAT_FLEXBUFFERS, new Uint8Array(0))).toEqual({ code: 'TRUNCATED', at: 0 })
  })

  test('takes extensions and keys of any kind, but for the keys of kwargs', () => {
    expect(check(abi.FORMAT_MSGPACK, unhex('d40100'))).toEqual({ code: 'OK', at: null })
    expect(check(abi.FORMAT_MSGPACK, unhex('8101810102'))).toEqual({ code: 'OK', at: null })
    expect(check(abi.FORMAT_MSGPACK, unhex('8101810102'), abi.SCAN_NAMES)).toEqual({
      code: 'KEY_TYPE',
      at: 1,
    })
    expect(check(abi.FORMAT_MSGPACK, unhex('81a161810102'), abi.SCAN_NAMES)).toEqual({ code: 'OK', at: null })
    expect(check(abi.FORMAT_CBOR, unhex('c1a10102'), abi.SCAN_NAMES)).toEqual({ code: 'KEY_TYPE', at: 2 })
    expect(check(abi.FORMAT_CBOR, unhex('c1a16161a10102'), abi.SCAN_NAMES).code).toBe('OK')
  })
})

test.each(['simd', 'scalar'])(
  'nothing of FlexBuffers that are wrong somewhere is written in the %s build',
  (build) => {
    const kernel = new Kernel(new WebAssembly.Module(readFileSync(WASM(build))))
    kernel.load(new Uint8Array(300_000))
    const good = createCodec()
      .payload('flexbuffers')
      .encode([1, 'abc', 2, [3]])
    for (let i = 0; i < good.length; i++) {
      const bytes = good.slice()
      bytes[i] = 0xff
      kernel.load(bytes)
      if (kernel.check(0, bytes.length, abi.FORMAT_FLEXBUFFERS, 0, DEFAULT_POLICY) === abi.OK) continue
      const [scratch, out] = [65_536, 131_072]
      kernel.bytes.fill(0xaa, kernel.input + out, kernel.input + out + 4096)
      const { transcode } = kernel.exports as Required<typeof kernel.exports>
      const status = transcode(
        0,
        bytes.length,
        abi.FORMAT_FLEXBUFFERS,
        abi.FORMAT_CBOR,
        scratch,
        out,
        128,
        1000,
        1024,
        0,
      )
      expect(status).not.toBe(abi.OK)
      const written = kernel.bytes.subarray(kernel.input + out, kernel.input + out + 4096)
      expect(written.every((byte) => byte === 0xaa)).toBe(true)
    }
  },
)

test('memory that has grown for a frame has room for it: the next load leaves the views alone', () => {
  const kernel = new Kernel(new WebAssembly.Module(readFileSync(WASM('simd'))))
  const frame = new Uint8Array(100_000)
  const moved: number[] = []
  for (let length = 1; length < frame.length; length++) {
    kernel.load(frame.subarray(0, length))
    const { bytes } = kernel
    kernel.load(frame.subarray(0, length))
    if (kernel.bytes !== bytes) moved.push(length)
  }
  expect(moved).toEqual([])
})

test('memory stays below 2 GiB, where places have 31 bits', () => {
  const kernel = new Kernel(new WebAssembly.Module(readFileSync(WASM('simd'))))
  const { length } = kernel.bytes
  // No page of it is ever touched.
  const large = new Uint8Array(2 ** 30)
  expect(() => kernel.load(large)).toThrow(
    expect.objectContaining({ code: 'MEMORY_LIMIT', message: `no memory for a frame of ${2 ** 30} bytes` }),
  )
  expect(kernel.bytes).toHaveLength(length)
  kernel.load(large.subarray(0, 10))
  expect(kernel.copyOut(10)).toHaveLength(10)
})

test.each(['\x7f', '\x80', '\u07ff', '\u0800', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}'])(
  'a long text of nothing but %j is loaded to its end',
  (unit) => {
    for (const count of [30_000, 100_000, 1_000_000]) {
      const kernel = new Kernel(new WebAssembly.Module(readFileSync(WASM('simd'))))
      const text = unit.repeat(count)
      const length = kernel.loadText(text)
      expect(length).toBe(Buffer.byteLength(text))
      expect(Buffer.from(kernel.copyOut(length)).equals(Buffer.from(text))).toBe(true)
    }
  },
)
