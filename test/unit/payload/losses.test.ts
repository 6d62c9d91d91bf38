/** Tests of src/payload/losses.ts: each loss is named by its path, wherever it stands. */
import { expect, test } from 'vitest'
import { createCodec, Publish, Tagged } from '../../../src/index.ts'

const codec = createCodec({ tags: 'tagged' })
const TAG = 'a Tagged has no JSON form'
const NAN = 'NaN has no JSON form'

test.each([
  ['in a tag', new Tagged(1000, [Number.NaN]), [`args[0]: ${TAG}`, `args[0][0]: ${NAN}`]],
  [
    'in a tag of a tag',
    new Tagged(1000, new Tagged(1001, { a: Number.NaN })),
    [`args[0]: ${TAG}`, `args[0]: ${TAG}`, `args[0].a: ${NAN}`],
  ],
  ['behind a value', [1, new Tagged(1000, Number.NaN)], [`args[0][1]: ${TAG}`, `args[0][1]: ${NAN}`]],
  [
    'that is an extension, whose bytes are no value',
    [new Tagged(5, Uint8Array.of(1, 2), 'extension')],
    ['args[0][0]: an extension of type 5 has no JSON form'],
  ],
])('lossReport names what is lost %s', (_, value, losses) => {
  const message = new Publish({ request: 1, topic: 'a', args: [value] })
  const report = codec.lossReport(message, codec.serializer('json'))
  expect(report.map(({ path, reason }) => `${path}: ${reason}`)).toEqual(losses)
})
