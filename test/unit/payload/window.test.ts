/** Tests of src/payload/binary/window.ts: values of more bytes than it holds are read the quick way, too. */
import { expect, test } from 'vitest'
import { createCodec } from '../../../src/index.ts'
import { DEFAULT_POLICY } from '../../../src/limits.ts'
import { readCborPayload } from '../../../src/payload/cbor/read.ts'
import { readMsgpackPayload } from '../../../src/payload/msgpack/read.ts'

const codec = createCodec()

/** Values of several windows, none of which begins where a window does. */
const args = Array.from({ length: 40_000 }, (_, i) =>
  i % 3 === 0 ? i : i % 3 === 1 ? `text ${i}` : { i, b: null },
)
const kwargs = { last: args.slice(0, 10_000), end: true }

test.each([
  ['cbor', readCborPayload, 0x80],
  ['msgpack', readMsgpackPayload, 0x90],
] as const)('args, and args and kwargs, of several windows in %s', (format, read, list) => {
  const encode = (value: unknown): Uint8Array => codec.payload(format).encode(value)
  const [one, two] = [encode(args), encode(kwargs)]
  for (const parts of [[one], [one, two]]) {
    const frame = Buffer.concat([Uint8Array.of(list + parts.length), ...parts])
    const values = read(frame, 0, 0, 1, frame.length, DEFAULT_POLICY)
    // Null would be what another reader must read.
    expect(values).toMatchObject({ args, kwargs: parts.length === 1 ? null : kwargs })
  }
})
