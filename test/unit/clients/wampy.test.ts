import { describe, expect, test } from 'vitest'
import { wampy, wampyOptions } from '../../../src/clients/wampy.ts'
import { createCodec } from '../../../src/index.ts'
import { createLists } from '../../../src/lists/index.ts'

const codec = createCodec()
const SUBSCRIBE = [32, 1, { match: undefined, get_retained: undefined }, 'com.example.topic']
const PAYLOAD = { args: [1, 'two'], kwargs: { three: 3 } }

describe.each(['json', 'msgpack', 'cbor', 'ubjson'] as const)('a serializer of %s', (id) => {
  const serializer = wampy(codec.lists(id, wampyOptions(id)))

  test('has what wampy asks for', () => {
    expect(serializer).toMatchObject({ protocol: id, isBinary: id !== 'json' })
  })

  test('writes a list as a message, without options that are undefined', () => {
    expect(serializer.decode(serializer.encode(SUBSCRIBE))).toStrictEqual([32, 1, {}, 'com.example.topic'])
  })

  test('writes and reads the payloads of passthru', () => {
    expect(serializer.decode(serializer.encode(PAYLOAD))).toStrictEqual(PAYLOAD)
    expect(serializer.decode(serializer.encode({ args: [1], kwargs: undefined }))).toStrictEqual({
      args: [1],
    })
  })

  test('refuses a broken message with the reason, and takes it for no payload', () => {
    const broken = codec.payload(id).encode([36, 'no id', 2, {}])
    expect(() => serializer.decode(broken)).toThrow(/cannot decode EVENT from .*: expected an id/)
  })

  test('refuses what is neither', () => {
    const bytes = serializer.encode(SUBSCRIBE)
    const cut = bytes.slice(0, -1)
    expect(() => serializer.decode(cut)).toThrow(/cannot decode/)
  })
})

test('a list codec that checks lists only gives broken messages to wampy', () => {
  const broken = [36, 1, 2, 'no details']
  const frame = codec.payload('cbor').encode(broken)
  expect(() => wampy(codec.lists('cbor')).decode(frame)).toThrow('details')
  expect(wampy(codec.lists('cbor', { check: 'list' })).decode(frame)).toEqual(broken)
  expect(wampy(createLists('cbor')).decode(frame)).toEqual(broken)
})

test('anything but a list codec is refused', () => {
  expect(() => wampy(null as never)).toThrow(
    new TypeError('wampy: expected a list codec, of codec.lists or createLists'),
  )
})
