/** Tests of src/payload/values.ts. */
import { expect, test } from 'vitest'
import { Float64, Tagged } from '../../../src/payload/values.ts'

test('a Float64 counts as its number in arithmetic, comparison and JSON.stringify', () => {
  const float = new Float64(1.5)
  expect(Number(float) + 1).toBe(2.5)
  expect(float > new Float64(1)).toBe(true)
  expect(JSON.stringify({ float })).toBe('{"float":1.5}')
})

test('a Float64 takes numbers only', () => {
  expect(() => new Float64('1' as unknown as number)).toThrow(
    new TypeError('Float64 takes a number, got string'),
  )
})

test('a Tagged keeps its tag and value as they are', () => {
  const value = [1]
  expect(new Tagged(2n ** 60n, value).tag).toBe(2n ** 60n)
  expect(new Tagged(1, value).value).toBe(value)
})

test.each([1.5, Number.NaN, Number.POSITIVE_INFINITY])('a Tagged refuses %s as tag', (tag) => {
  expect(() => new Tagged(tag, null)).toThrow(new TypeError(`Tagged takes an integer as tag, got ${tag}`))
})

test('a Tagged refuses a string as tag', () => {
  expect(() => new Tagged('1' as unknown as number, null)).toThrow(TypeError)
})
