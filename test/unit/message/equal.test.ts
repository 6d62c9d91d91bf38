import { describe, expect, test } from 'vitest'
import { createCodec, Publish } from '../../../src/index.ts'
import { equalValues } from '../../../src/message/equal.ts'

describe('a BigInt equals the number that it is on the wire', () => {
  test.each([
    [5n, 5, true],
    [-(2n ** 53n), -(2 ** 53), true],
    [0n, 0, true],
    [5n, 6, false],
    [1n, 1.5, false],
    [2n ** 60n, 2 ** 60, false],
    [1n, Number.NaN, false],
    [1n, '1', false],
    [1n, true, false],
    [2n ** 60n, 2n ** 60n, true],
  ])('that %s equals %s is %s', (integer, other, isEqual) => {
    expect(equalValues(integer, other)).toBe(isEqual)
    expect(equalValues([other], [integer])).toBe(isEqual)
  })
})

test('a message with small BigInts in its options loses nothing on its way into a list', () => {
  const codec = createCodec()
  const publish = new Publish({ request: 1, topic: 'a.b', custom: { x_a: 7n }, exclude: [1] })
  const json = codec.serializer('json')
  expect(codec.lossReport(publish, json)).toEqual([])
  expect(json.decode(json.encode(publish)).equals(publish)).toBe(true)
})
