/** Tests of src/cli/io.ts: the width of lines that a terminal allows. */
import { afterEach, expect, test } from 'vitest'
import { type Io, processIo } from '../../src/cli/io.ts'

const { stdout } = process
const own = (['isTTY', 'columns'] as const).map(
  (name) => [name, Object.getOwnPropertyDescriptor(stdout, name)] as const,
)

afterEach(() => {
  for (const [name, descriptor] of own) {
    if (descriptor === undefined) Reflect.deleteProperty(stdout, name)
    else Object.defineProperty(stdout, name, descriptor)
  }
})

function ioOf(isTTY: boolean, columns: number | undefined): Io {
  Object.defineProperty(stdout, 'isTTY', { value: isTTY, configurable: true })
  Object.defineProperty(stdout, 'columns', { value: columns, configurable: true })
  return processIo()
}

test.each([
  ['200 columns', true, 200, 200],
  ['few columns', true, 20, 60],
  ['no size', true, undefined, 110],
  ['a size of 0', true, 0, 110],
])(
  'a terminal with %s has lines of the width that it says, from 60 on, else of 110',
  (_, isTty, columns, expected) => {
    expect(ioOf(isTty, columns).columns).toBe(expected)
  },
)

test('what is no terminal has lines of 110 characters', () => {
  expect(ioOf(false, 20).columns).toBe(110)
})
