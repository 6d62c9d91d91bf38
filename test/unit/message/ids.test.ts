/** Tests of src/message/ids.ts. */
import { expect, test } from 'vitest'
import { isId } from '../../../src/message/ids.ts'

test.each([0, 1, 2 ** 53 - 1, 2 ** 53])('%s is an id', (value) => {
  expect(isId(value)).toBe(true)
})

test.each([-1, -0, 0.5, 2 ** 53 + 2, Number.NaN, Number.POSITIVE_INFINITY, 1n, '1', null, undefined])(
  '%s is no id',
  (value) => {
    expect(isId(value)).toBe(false)
  },
)
