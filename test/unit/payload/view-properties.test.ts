/** Random values in every format: each path reads the same as in the decoded value, and wrong paths give undefined. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CodecOptions, createCodec, type PayloadView, Publish } from '../../../src/index.ts'
import { runs } from '../../support/properties.ts'
import { createRandom } from '../../support/random.ts'
import { PAYLOAD_FORMATS } from './formats.ts'

const OPTIONS: readonly CodecOptions[] = [
  {},
  { maps: 'map', binary: 'view' },
  { integers: 'bigint', ownership: 'copy' },
  { duplicateKeys: 'refuse' },
]

const NO_KEY = 'no such key'

const publish = (args: unknown[], kwargs: Record<string, unknown>): Publish =>
  new Publish({ request: 1, topic: 'a.b', args, kwargs })

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (value instanceof Uint8Array) return 'bytes'
  return typeof value === 'object' ? 'map' : typeof value
}

function entriesOf(value: object): [string, unknown][] {
  return value instanceof Map ? [...value] : Object.entries(value)
}

/** Fails unless the view reads what decoding gives, down to every leaf. */
function expectSame(view: PayloadView | undefined, value: unknown, path: string): void {
  expect(view, path).toBeDefined()
  if (view === undefined) return
  const kind = kindOf(value)
  expect(view.kind, path).toBe(kind)
  expect(view.toValue(), path).toEqual(value)
  const wrong = kind === 'array' ? view.get('0') : view.at(0)
  expect([wrong, view.at(-1), view.at(0.5), view.get(NO_KEY), view.path(NO_KEY, 1)], path).toEqual(
    Array(5).fill(undefined),
  )
  if (kind === 'array') {
    const list = value as unknown[]
    expect(view.length, path).toBe(list.length)
    expect(view.at(list.length), path).toBeUndefined()
    const inner = [...view]
    expect(inner.length, path).toBe(list.length)
    // From the end and from the start: neither way may depend on what was read before.
    for (let i = list.length - 1; i >= 0; i -= 3)
      expect(view.at(i)?.toValue(), `${path}[${i}]`).toEqual(list[i])
    for (const [i, item] of list.entries()) expectSame(i % 2 ? inner[i] : view.at(i), item, `${path}[${i}]`)
    expect([...view.keys()], path).toEqual([])
  } else if (kind === 'map') {
    const entries = entriesOf(value as object)
    for (const [key, item] of entries) expectSame(view.get(key), item, `${path}.${key}`)
    expect(view.length, path).toBe(entries.length)
    const keys = [...view.keys()]
    expect(keys.toSorted(), path).toEqual(entries.map(([key]) => key).toSorted())
    const inner = [...view]
    for (const [i, key] of keys.entries()) {
      const item = new Map(entries).get(key)
      expect(inner[i]?.toValue(), path).toEqual(item)
      // This time from the places that `keys` has remembered.
      expect(view.get(key)?.toValue(), path).toEqual(item)
    }
  } else {
    const sized = typeof value === 'string' || value instanceof Uint8Array
    expect(view.length, path).toBe(sized ? value.length : 0)
    expect([...view], path).toEqual([])
  }
}

/** Fails unless every path from the root reads what is there, and a wrong last step nothing. */
function expectPaths(root: PayloadView, value: unknown, steps: (string | number)[]): void {
  const view = root.path(...steps)
  expect(view?.kind, steps.join()).toBe(kindOf(value))
  const kind = kindOf(value)
  if (kind === 'array') {
    const list = value as unknown[]
    for (const [i, item] of list.entries()) expectPaths(root, item, [...steps, i])
    expect(root.path(...steps, list.length)).toBeUndefined()
  } else if (kind === 'map') {
    for (const [key, item] of entriesOf(value as object)) expectPaths(root, item, [...steps, key])
  } else {
    expect(view?.toValue(), steps.join()).toEqual(value)
  }
  for (const wrong of [NO_KEY, `${NO_KEY}é`, '\ud800', -1, 0.5, 2 ** 31, Number.NaN]) {
    expect(root.path(...steps, wrong)).toBeUndefined()
    expect(root.path(...steps, wrong, 0, 'a')).toBeUndefined()
  }
}

describe.each(PAYLOAD_FORMATS)('views of random values in %s', (format) => {
  test.each(OPTIONS)('read the same as decoding does, with %j', (options) => {
    const payload = createCodec(options).payload(format)
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const value = createRandom(seed).value(3, { bytes: true, bigints: true })
        const bytes = payload.encode(value)
        const decoded = payload.decode(bytes)
        expectSame(payload.view(bytes), decoded, '')
        expectPaths(payload.view(bytes), decoded, [])
      }),
      runs(60, 1000),
    )
  })

  test('read the same in a message, in either validation mode', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom('eager', 'deferred'), (seed, payloadValidation) => {
        const codec = createCodec({ payloadValidation })
        const id = format === 'ubjson-draft12' ? 'ubjson' : format === 'flexbuffers' ? 'flatbuffers' : format
        const serializer = codec.serializer(id, {
          ...(format === 'ubjson-draft12' ? { ubjsonDialect: 'draft12' as const } : {}),
          ...(format === 'flexbuffers' ? { payloadSerializer: 'flexbuffers' as const } : {}),
        })
        const random = createRandom(seed)
        const args = [random.value(2), random.value(2)]
        const kwargs = { a: random.value(2) }
        const built = codec
          .serializer('cbor')
          .decode(codec.serializer('cbor').encode(publish(args, kwargs))) as ReturnType<typeof publish>
        const message = serializer.decode(serializer.encode(built)) as ReturnType<typeof publish>
        const view = message.payloadView
        expectSame(view.get('args'), message.args, 'args')
        expectSame(view.path('kwargs', 'a'), message.kwargs?.a, 'kwargs.a')
        expect(view.toValue()).toEqual({ args: message.args, kwargs: message.kwargs })
      }),
      runs(15, 250),
    )
  })
})
