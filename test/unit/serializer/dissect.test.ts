/** Tests of src/serializer/dissect.ts beside those of the command: what does not fit is never a known field. */
import { expect, test } from 'vitest'
import { createCodec } from '../../../src/index.ts'
import { WIRE_FORMATS } from '../../support/vectors.ts'

const codec = createCodec()

test.each(WIRE_FORMATS.filter((format) => format !== 'ubjson-draft12'))(
  'a trace of %s has every known field, whatever the number of custom keys',
  (format) => {
    const serializer = codec.serializer(format as 'json')
    for (const count of [1, 191, 192, 193, 256, 1000]) {
      const custom = Object.fromEntries(Array.from({ length: count }, (_, i) => [`x_${i}`, i]))
      const options = { acknowledge: true, ...custom, exclude: [1], retain: true }
      const frame = codec.lists(format as 'json').encode([16, 1, options, 'a.b', [1], { k: 2 }])
      const spans = codec.trace(frame, serializer)
      const known = spans.filter(({ kind }) => kind !== 'entry').map(({ name }) => name)
      const names = [
        'type',
        'request',
        'options',
        'acknowledge',
        'exclude',
        'retain',
        'topic',
        'args',
        'kwargs',
      ]
      expect(known).toEqual(names)
      expect(spans.length - known.length).toBe(Math.min(count, 192))
    }
  },
)
