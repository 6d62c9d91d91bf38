/** Args and kwargs without entries are left out: by what their `toJSON` says, and as in messages. */
import { expect, test } from 'vitest'
import { createCodec, Message } from '../../src/index.ts'
import { LIST_FORMATS } from '../support/vectors.ts'

const codec = createCodec()

const HEAD = [16, 1, {}, 'a.b']
const said = (value: unknown, others: object = {}): object => ({ ...others, toJSON: () => value })
const saidArgs = (args: unknown[], value: unknown): object => Object.assign(args, said(value))

/** The list, and the one that is written. */
const ROWS: readonly (readonly [what: string, payload: unknown[], written: unknown[]])[] = [
  ['no entries', [[], {}], []],
  ['null', [null, null], []],
  ['args alone', [[1], {}], [[1]]],
  ['kwargs alone', [[], { a: 1 }], [[], { a: 1 }]],
  ['kwargs whose toJSON gives none', [[1], said({}, { a: 1 })], [[1]]],
  ['kwargs whose toJSON gives some', [[], said({ a: 1 })], [[], { a: 1 }]],
  ['args whose toJSON gives none', [saidArgs([1], [])], []],
  ['args whose toJSON gives some', [saidArgs([], [1]), {}], [[1]]],
  ['an empty Map', [[1], new Map()], [[1]]],
  // A key is an entry.
  ['undefined alone', [[1], { a: undefined }], [[1], {}]],
]

test.each(ROWS)('%s in a list is written in each format as in a message', (_, payload, written) => {
  for (const id of LIST_FORMATS) {
    const frame = codec.lists(id).encode([...HEAD, ...payload])
    const bytes = Buffer.from(frame as Uint8Array)
    expect(bytes).toEqual(Buffer.from(codec.payload(id).encode([...HEAD, ...written])))
    expect(bytes).toEqual(Buffer.from(codec.serializer(id).encode(Message.parse([...HEAD, ...payload]))))
  }
})
