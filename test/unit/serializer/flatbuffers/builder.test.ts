/** Tests of src/serializer/flatbuffers/builder.ts: the npm package's Builder, called alike, writes the same bytes. */
import { Builder } from 'flatbuffers'
import { describe, expect, test } from 'vitest'
import {
  acquireBuilder,
  type FlatBuilder,
  releaseBuilder,
} from '../../../../src/serializer/flatbuffers/builder.ts'
import { createRandom, type Random } from '../../../support/random.ts'
import { hex } from '../../../support/vectors.ts'

const SEED = 20_260_703
const ROUNDS = 3000

/** Both builders, told the same things. */
class Both {
  readonly ours: FlatBuilder
  readonly theirs: Builder

  constructor(ours: FlatBuilder) {
    this.ours = ours
    this.theirs = new Builder(16)
    ours.begin()
  }

  same(ours: number, theirs: number): number {
    expect(ours).toBe(theirs)
    return ours
  }

  text(text: string): number {
    return this.same(this.ours.text(text), this.theirs.createString(text))
  }

  bytes(bytes: Uint8Array): number {
    const start = 3
    const padded = Uint8Array.of(1, 2, 3, ...bytes, 4)
    return this.same(
      this.ours.vector(padded, start, start + bytes.length),
      this.theirs.createByteVector(bytes),
    )
  }

  longs(values: readonly (number | bigint)[]): number {
    this.theirs.startVector(8, values.length, 8)
    for (const value of [...values].reverse()) this.theirs.addInt64(BigInt.asIntN(64, BigInt(value)))
    return this.same(this.ours.longs(values), this.theirs.endVector())
  }

  offsets(targets: readonly number[]): number {
    this.theirs.startVector(4, targets.length, 4)
    for (const target of [...targets].reverse()) this.theirs.addOffset(target)
    return this.same(this.ours.offsets(targets), this.theirs.endVector())
  }

  table(random: Random, targets: readonly number[]): number {
    const slots = random.int(0, 12)
    this.ours.openTable(slots)
    this.theirs.startObject(slots)
    for (let slot = 0; slot < slots; slot++) {
      const value = random.int(1, 2 ** 16 - 1)
      switch (random.int(0, 6)) {
        case 0:
          this.ours.addByte(slot, value & 127 || 1)
          this.theirs.addFieldInt8(slot, value & 127 || 1, 0)
          break
        case 1:
          this.ours.addShort(slot, value)
          this.theirs.addFieldInt16(slot, value, 0)
          break
        case 2:
          this.ours.addInt(slot, value * 3)
          this.theirs.addFieldInt32(slot, value * 3, 0)
          break
        case 3:
          this.ours.addLong(slot, value * 2 ** 36)
          this.theirs.addFieldInt64(slot, BigInt(value * 2 ** 36), 0n)
          break
        case 4:
          if (targets.length === 0) break
          this.ours.addOffset(slot, targets[value % targets.length] as number)
          this.theirs.addFieldOffset(slot, targets[value % targets.length] as number, 0)
          break
      }
    }
    return this.same(this.ours.closeTable(), this.theirs.endObject())
  }

  finish(root: number): void {
    this.theirs.finish(root)
    expect(hex(this.ours.finish(root))).toBe(hex(this.theirs.asUint8Array()))
  }
}

describe('FlatBuilder', () => {
  test(`writes what the npm Builder writes, in ${ROUNDS} random buffers of seed ${SEED}`, () => {
    const random = createRandom(SEED)
    const builder = acquireBuilder()
    for (let round = 0; round < ROUNDS; round++) {
      const both = new Both(builder)
      const targets: number[] = []
      const tables: number[] = []
      for (let i = random.int(1, 12); i > 0; i--) {
        switch (random.int(0, 5)) {
          case 0:
            targets.push(both.text(random.text(random.pick([3, 60, 200]))))
            break
          case 1:
            targets.push(both.bytes(random.bytes(random.pick([5, 40, 9000]))))
            break
          case 2:
            targets.push(both.longs(Array.from({ length: random.int(0, 5) }, () => random.int(0, 2 ** 53))))
            break
          case 3:
            targets.push(both.offsets(tables))
            break
          default:
            tables.push(both.table(random, targets))
            targets.push(tables.at(-1) as number)
        }
      }
      both.finish(both.table(random, targets))
    }
    releaseBuilder(builder)
  })

  test('writes integers of all 64 bits', () => {
    const both = new Both(acquireBuilder())
    both.finish(both.offsets([both.longs([0, 2 ** 53, 2n ** 64n - 1n, 2n ** 63n])]))
    releaseBuilder(both.ours)
  })

  test('answers 0 for a text that is not well-formed, short or long', () => {
    const builder = acquireBuilder()
    for (const text of ['a\ud800', `${'x'.repeat(99)}\udc00`]) expect(builder.text(text)).toBe(0)
    expect(builder.text('ab')).toBe(8)
    releaseBuilder(builder)
  })

  test('shares equal vtables, and never different ones', () => {
    const builder = acquireBuilder()
    const tables = [1, 1, 2].map((slot) => {
      builder.openTable(4)
      builder.addInt(slot, 7)
      return builder.closeTable()
    })
    const bytes = builder.finish(builder.offsets(tables))
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    const [first, second, third] = tables.map((table) => {
      const at = bytes.length - table
      return at - view.getInt32(at, true)
    })
    expect(second).toBe(first)
    expect(third).not.toBe(first)
    releaseBuilder(builder)
  })

  test('keeps what is written when the buffer grows, and does not keep a large buffer', () => {
    const builder = acquireBuilder()
    const large = new Uint8Array(300_000).fill(7)
    const first = builder.text('first')
    builder.openTable(2)
    builder.addOffset(0, first)
    const vector = builder.closeTable()
    const big = builder.vector(large)
    const bytes = builder.finish(builder.offsets([vector, big]))
    expect(hex(bytes.subarray(-8))).toBe(`${Buffer.from('first').toString('hex')}000000`)
    builder.begin()
    expect(builder.finish(builder.text('x')).buffer.byteLength).toBeLessThan(10_000)
    releaseBuilder(builder)
  })

  test('a builder that is taken while another is in use is another one', () => {
    const first = acquireBuilder()
    const second = acquireBuilder()
    expect(second).not.toBe(first)
    releaseBuilder(first)
    releaseBuilder(second)
  })
})
