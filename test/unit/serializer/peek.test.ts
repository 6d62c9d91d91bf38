import { expect, test } from 'vitest'
import { createCodec, type Frame, type Message, MessageType } from '../../../src/index.ts'
import { builtMessages } from '../../lifetime/samples.ts'
import { built, serializerFor, WIRINGS, type Wiring } from '../../support/payloads.ts'
import { createRandom } from '../../support/random.ts'

const codec = createCodec()

test.each(WIRINGS)('$name: the code of every message is read from every kind of frame', (wiring) => {
  for (const message of builtMessages()) checkCode(wiring, message)
})

function checkCode(wiring: Wiring, message: Message): void {
  const bytes = serializerFor(codec, wiring).encode(message).slice()
  const { code } = message.table
  const frames: Frame[] = [
    bytes,
    bytes.buffer as ArrayBuffer,
    new Uint8Array(new SharedArrayBuffer(bytes.length)).fill(0),
    Array.from(bytes, (byte) => Uint8Array.of(byte)),
    [bytes.subarray(0, 0), bytes.subarray(0, 5), bytes.subarray(5)],
  ]
  ;(frames[2] as Uint8Array).set(bytes)
  if (wiring.id.startsWith('json')) frames.push(new TextDecoder().decode(bytes))
  for (const frame of frames) expect(codec.peek(frame, wiring.id)).toBe(code)
}

const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

test.each([
  ['cbor', '83 10', 16],
  ['cbor', '98 05 18 24', 36],
  ['cbor', '99 0005 19 0151', 337],
  ['cbor', '9a 00000005 1a 00000010', 16],
  ['cbor', '9b 0000000000000005 1b 0000000000000010', 16],
  ['cbor', '9f 18 25', 337],
  ['cbor', 'd9d9f7 83 c1 10', 16],
  ['cbor', 'c0 83 c0 10', 16],
  ['cbor', '83 18', 0],
  ['cbor', '83 20', 0],
  ['cbor', 'a1 10', 0],
  ['cbor', '9c 10', 0],
  ['cbor', '9e 10', 0],
  ['cbor', `${'c1'.repeat(100)} 83 10`, 0],
  ['msgpack', '95 cc 24', 36],
  ['msgpack', 'dc 0005 cd 0151', 337],
  ['msgpack', 'dd 00000005 d0 10', 16],
  ['msgpack', '95 d3 0000000000000010', 16],
  ['msgpack', '95 d0 f0', 0],
  ['msgpack', '80 10', 0],
  ['ubjson', '5b 69 10', 16],
  ['ubjson', '4e 5b 23 69 05 4e 55 24', 36],
  ['ubjson', '5b 24 55 23 69 03 21 01 02', 33],
  ['ubjson', '5b 49 5101', 337],
  ['ubjson', '5b 42 10', 16],
  ['ubjson', '5b 24 42 23 55 03 21 01 02', 33],
  ['ubjson', '5b 23 42 03 55 10', 0],
  ['ubjson', '5b 48 55 02 3136', 16],
  ['ubjson', '5b 48 75 0300 333337', 337],
  ['ubjson', '5b 48 49 0003 333337', 337],
  ['ubjson', '5b 48 55 03 303136', 0],
  ['ubjson', '5b 48 55 04 30303136', 0],
  ['ubjson', '5b 48 55 02 312e', 0],
  // What stands beside the digits: 6: would be 70.
  ['ubjson', '5b 48 55 02 363a', 0],
  ['ubjson', '5b 48 55 02 372f', 0],
  ['ubjson', '5b 48 42 02 3136', 0],
  ['ubjson', '5b 48 55 02 31', 0],
  ['ubjson', '5b 49 0151', 337],
  ['ubjson', '5b 24 55 21', 0],
  ['flatbuffers', 'ffffffff 00000000', 0],
  ['flatbuffers', '04000000 00000000', 0],
] as const)('%s %s has the code %d', (id, hex, code) => {
  expect(codec.peek(bytesOf(hex), id)).toBe(code)
})

test.each([
  ['[16,1', 16],
  [' \r\n\t[ \n 36 ,', 36],
  ['[337]', 337],
  ['[37,', 337],
  ['[016,', 0],
  ['[16', 0],
  ['[16.0,', 0],
  ['[-16,', 0],
  ['[1e1,', 0],
  ['["16"', 0],
  ['[99,', 0],
  ['{16', 0],
  ['', 0],
  [`${' '.repeat(100)}[16,`, 0],
])('json %s has the code %d', (text, code) => {
  expect(codec.peek(text, 'json')).toBe(code)
  expect(codec.peek(new TextEncoder().encode(text), 'json')).toBe(code)
})

test('no bytes make peek throw, seed 4', () => {
  const random = createRandom(4)
  const codes = new Set<number>([0, ...Object.values(MessageType)])
  for (let i = 0; i < 20_000; i++) {
    const wiring = random.pick(WIRINGS)
    const bytes = serializerFor(codec, wiring)
      .encode(built({ args: [i] }))
      .slice(0, random.int(0, 40))
    for (let k = random.int(0, 4); k > 0 && bytes.length > 0; k--) {
      bytes[random.int(0, bytes.length - 1)] = random.int(0, 255)
    }
    expect(codes.has(codec.peek(bytes, wiring.id))).toBe(true)
  }
})

test('peek refuses what is no frame, and unknown serializers', () => {
  expect(() => codec.peek(7 as never, 'json')).toThrow(TypeError)
  expect(() => codec.peek(null as never, 'cbor')).toThrow(TypeError)
  expect(() => codec.peek(new Uint8Array(1), 'xml' as never)).toThrow(RangeError)
})
