/** What the first byte of an array's first element says about the others: how the array is made, not what is in it. */
import { expect, it } from 'vitest'
import { CBOR_HEADS, MSGPACK_HEADS, SORTS } from '../../../../src/payload/binary/heads.ts'
import { SORT_ANY, SORT_DOUBLE, SORT_INTEGER } from '../../../../src/payload/templates.ts'

/** The first bytes of a sort, as runs from the first to the last. */
function runsOf(heads: number, sort: number): number[][] {
  const runs: number[][] = []
  for (let head = 0; head < 256; head++) {
    if (SORTS[heads + head] !== sort) continue
    const last = runs.at(-1)
    if (last?.[1] === head - 1) last[1] = head
    else runs.push([head, head])
  }
  return runs
}

it('CBOR: unsigned and negative integers of all widths, and doubles', () => {
  const widths = [
    [0x00, 0x1b],
    [0x20, 0x3b],
  ]
  expect(runsOf(CBOR_HEADS, SORT_INTEGER)).toEqual(widths)
  expect(runsOf(CBOR_HEADS, SORT_DOUBLE)).toEqual([[0xfb, 0xfb]])
})

it('MsgPack: fixints, integers of all widths, and doubles', () => {
  const integers = [
    [0x00, 0x7f],
    [0xcc, 0xd3],
    [0xe0, 0xff],
  ]
  expect(runsOf(MSGPACK_HEADS, SORT_INTEGER)).toEqual(integers)
  expect(runsOf(MSGPACK_HEADS, SORT_DOUBLE)).toEqual([[0xcb, 0xcb]])
})

it('texts, maps, lists and floats of other widths may be followed by anything', () => {
  for (const head of [0x60, 0x82, 0xa1, 0xf4, 0xf6, 0xf9, 0xfa])
    expect(SORTS[CBOR_HEADS + head]).toBe(SORT_ANY)
  for (const head of [0x82, 0x92, 0xa1, 0xc0, 0xc3, 0xca, 0xd9])
    expect(SORTS[MSGPACK_HEADS + head]).toBe(SORT_ANY)
})
