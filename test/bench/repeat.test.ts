import { expect, test } from 'vitest'
import { bench } from './load.ts'

interface Repeated {
  call(operations: number): void
  readonly prepare: ((operations: number) => void) | null
}

const { repeated } = await bench<{ repeated(contender: object, isReused: boolean): Repeated }>(
  'harness/repeat.mjs',
)

/** A contender that keeps what it is given. */
function keeper<T>(inputs: readonly T[], renew?: (input: T) => T): { given: T[]; contender: object } {
  const given: T[] = []
  return { given, contender: { inputs: () => inputs, run: (input: T) => given.push(input), renew } }
}

const frames: readonly Buffer[] = [Buffer.from('one'), Buffer.from('two'), Buffer.from('three')]

test('every operation gets a Buffer of its own over the same bytes', () => {
  const { given, contender } = keeper(frames)
  const { call, prepare } = repeated(contender, false)
  for (const operations of [2, 2, 3]) {
    prepare?.(operations)
    call(operations)
  }
  expect(given.map(String)).toEqual(['one', 'two', 'three', 'one', 'two', 'three', 'one'])
  expect(new Set([...given, ...frames]).size).toBe(given.length + frames.length)
})

test('so does what comes with its frame', () => {
  const { given, contender } = keeper(frames.map((frame, index) => ({ frame, index })))
  const { call, prepare } = repeated(contender, false)
  prepare?.(3)
  call(3)
  expect(given.map(({ index }) => index)).toEqual([0, 1, 2])
  expect(given.map(({ frame }) => String(frame))).toEqual(['one', 'two', 'three'])
  expect(new Set([...given.map(({ frame }) => frame), ...frames]).size).toBe(6)
})

test('Buffers come again where that is asked for', () => {
  const { given, contender } = keeper(frames)
  const { call, prepare } = repeated(contender, true)
  expect(prepare).toBeNull()
  call(4)
  expect(given.map((frame) => frames.indexOf(frame))).toEqual([0, 1, 2, 0])
})

test.each([false, true])('a contender may make its inputs itself (reused: %s)', (isReused) => {
  const { given, contender } = keeper([1, 2], (input) => input * 10)
  const { call, prepare } = repeated(contender, isReused)
  prepare?.(3)
  call(3)
  expect(given).toEqual([10, 20, 10])
})
