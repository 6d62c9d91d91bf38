/**
 * Every FlatBuffers frame of the vectors, cut at every byte and with every byte changed in turn, to all 255 other values
 * in deep runs: refused with a ProtocolError, or read to values inside of the frame. Nothing traps, and no getter throws.
 * What flatbuffers-broken.test.ts compares between builds and surroundings, this counts out.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createCodec, type Message, ProtocolError } from '../../src/index.ts'
import { INDEX_ENTRY_WORDS } from '../../src/kernel/abi.ts'
import type { PayloadFormatName } from '../../src/payload/format.ts'
import {
  type FlatFrame,
  HAS_FRAMES,
  OFFICIAL_FRAMES,
  REFERENCE_FRAMES,
} from '../support/flatbuffers-frames.ts'
import { hex } from '../support/vectors.ts'

const isDeep = process.env.WAMP_CODEC_DEEP === '1'

/** What a byte becomes: everything else, or ends, neighbours and flipped bits. */
const values = (old: number): number[] => {
  const all = isDeep
    ? Array.from({ length: 256 }, (_, i) => i)
    : [0, old ^ 1, old ^ 8, old ^ 0x80, 0xff, old + 1]
  return [...new Set(all.map((value) => value & 0xff))].filter((value) => value !== old)
}

const wasm = readFileSync(new URL('../../build/wasm/kernel-scalar.wasm', import.meta.url))
const codecs = { simd: createCodec(), scalar: createCodec({ module: new WebAssembly.Module(wasm) }) }

type Build = keyof typeof codecs

/** Spans of a message: the entries of its index, its text, and its payload. */
function* spansOf(message: Message): Generator<readonly [number, number]> {
  const { _index: index, _frame: frame } = message
  for (let i = 0; i < index.length; i += INDEX_ENTRY_WORDS) {
    yield [index[i + 1] as number, index[i + 2] as number]
  }
  if (frame === null) return
  if (frame.textEnd !== -1) yield [frame.textStart, frame.textEnd]
  yield [frame.argsStart, frame.argsEnd]
  yield [frame.kwargsStart, frame.kwargsEnd]
}

/** True when the frame was read, with every value of it; false when it was refused. */
function isRead(
  build: Build,
  frame: Uint8Array,
  payloadSerializer: PayloadFormatName,
  what: () => string,
): boolean {
  try {
    const message = codecs[build].serializer('flatbuffers', { payloadSerializer }).decode(frame)
    for (const [start, end] of spansOf(message)) {
      if (start < 0 || end < start || end > frame.length) expect.fail(`${what()}: [${start}, ${end})`)
    }
    try {
      message.marshal()
    } catch (error) {
      expect.fail(`${what()}: a getter threw ${error}`)
    }
    return true
  } catch (error) {
    if (error instanceof ProtocolError) return false
    throw new Error(what(), { cause: error })
  }
}

function tryFrame(
  build: Build,
  { id, bytes, payload }: FlatFrame,
  counts: { read: number; refused: number },
): void {
  const count = (wasRead: boolean): void => {
    if (wasRead) counts.read++
    else counts.refused++
  }
  for (let length = 0; length < bytes.length; length++) {
    count(isRead(build, bytes.subarray(0, length), payload, () => `${id} cut at ${length}`))
  }
  const changed = bytes.slice()
  for (const [at, old] of bytes.entries()) {
    for (const value of values(old)) {
      changed[at] = value
      count(isRead(build, changed, payload, () => `${id} ${at}=${value} ${hex(changed)}`))
    }
    changed[at] = old
  }
}

describe.skipIf(!HAS_FRAMES)('frames that are cut and changed', () => {
  test.each(Object.keys(codecs) as Build[])('official ones, %s build', (build) => {
    const counts = { read: 0, refused: 0 }
    for (const frame of OFFICIAL_FRAMES) tryFrame(build, frame, counts)
    expect(Math.min(counts.read, counts.refused)).toBeGreaterThan(1000)
  })

  test.each(Object.keys(codecs) as Build[])('those of the reference peer, %s build', (build) => {
    const counts = { read: 0, refused: 0 }
    for (const [i, frame] of REFERENCE_FRAMES.entries())
      if (isDeep || i % 20 === 0) tryFrame(build, frame, counts)
    expect(Math.min(counts.read, counts.refused)).toBeGreaterThan(1000)
  })
})
