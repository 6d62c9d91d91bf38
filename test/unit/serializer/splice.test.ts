/** Everything that the tail of a list may look like, written by hand: it is passed on byte for byte. */
import { expect, test } from 'vitest'
import {
  createCodec,
  EventMessage,
  type Publish,
  type SerializerId,
  type SerializerOptions,
} from '../../../src/index.ts'

const text = (value: string): string => Buffer.from(value, 'latin1').toString('hex')

/** CBOR and MsgPack of `[16, 1, {}, "a.b"` without the head of the list. */
const CBOR = `10 01 a0 63${text('a.b')}`
const MSGPACK = `10 01 80 a3${text('a.b')}`
/** UBJSON of the same. */
const UBJSON = `69 10 69 01 7b 7d 53 69 03 ${text('a.b')}`

interface Tail {
  readonly id: SerializerId
  readonly options?: SerializerOptions
  /** What is before the payload, the payload, and what is behind it. */
  readonly frame: readonly [string, string, string]
  /** What goes out for it when that is not the same. */
  readonly out?: string
}

const json = (tail: string, end: string): Tail => ({
  id: 'json',
  frame: [text(' [ 16 ,\t1 , { } , "a.b" ,'), text(tail), text(end)],
  out: text(tail.trim()),
})

const TAILS: readonly Tail[] = [
  json(' [ 1 , "\\u0041" ]', ' ] '),
  json('[1]', ']\n'),
  json('\n[ 1.0 ,{"a" : 1e2} ]\n,\t{ "b" : [ ] }', ' ]'),
  { ...json('[1] , null', ']'), out: text('[1]') },
  { ...json('null , {"a":1}', ']'), out: text('[],{"a":1}') },
  { ...json('null', ']'), out: '' },
  { ...json('null,null', ']'), out: '' },
  { ...json('[ ]', ']'), out: '' },
  { ...json('[ ],{ }', ']'), out: '' },
  { ...json('[1],{ }', ']'), out: text('[1]') },
  json('[ ],{"a":1}', ']'),
  // Heads of lists of every width, in CBOR also without an end.
  { id: 'cbor', frame: [`85 ${CBOR}`, '81 01', ''] },
  { id: 'cbor', frame: [`98 06 ${CBOR}`, '82 01 02 a1 61 61 01', ''] },
  { id: 'cbor', frame: [`99 0005 ${CBOR}`, '98 01 18 05', ''] },
  { id: 'cbor', frame: [`9a 00000005 ${CBOR}`, '99 0001 1b 0000000000000005', ''] },
  { id: 'cbor', frame: [`9b 0000000000000006 ${CBOR}`, '9b 0000000000000001 00 bf 61 61 01 ff', ''] },
  { id: 'cbor', frame: [`9f ${CBOR}`, '9f 01 02 ff', 'ff'] },
  { id: 'cbor', frame: [`9f ${CBOR}`, '9f 01 ff bf 61 61 9f ff ff', 'ff'] },
  { id: 'cbor', frame: [`9f ${CBOR}`, 'f6 a1 61 61 01', 'ff'], out: '80 a1 61 61 01' },
  { id: 'cbor', frame: [`86 ${CBOR}`, '81 01 f6', ''], out: '81 01' },
  { id: 'cbor', frame: [`9f ${CBOR}`, '9f ff', 'ff'], out: '' },
  { id: 'cbor', frame: [`85 ${CBOR}`, '42 01 02', ''] },
  { id: 'cbor', frame: [`9f ${CBOR}`, '5f 41 01 41 02 ff', 'ff'] },
  { id: 'cbor', frame: [`85 ${CBOR}`, '5b 0000000000000002 01 02', ''] },
  { id: 'msgpack', frame: [`95 ${MSGPACK}`, '91 01', ''] },
  { id: 'msgpack', frame: [`dc 0006 ${MSGPACK}`, 'dc 0001 cd 0001 81 a1 61 01', ''] },
  { id: 'msgpack', frame: [`dd 00000006 ${MSGPACK}`, 'dd 00000001 01 df 00000001 a1 61 01', ''] },
  { id: 'msgpack', frame: [`96 ${MSGPACK}`, 'c0 81 a1 61 01', ''], out: '90 81 a1 61 01' },
  { id: 'msgpack', frame: [`96 ${MSGPACK}`, '91 01 c0', ''], out: '91 01' },
  { id: 'msgpack', frame: [`96 ${MSGPACK}`, 'dd 00000000 de 0000', ''], out: '' },
  { id: 'msgpack', frame: [`95 ${MSGPACK}`, 'c6 00000002 01 02', ''] },
  ...(['bjdata', 'draft12'] as const).flatMap((ubjsonDialect): Tail[] => {
    const tail = (before: string, payload: string, after: string, out?: string): Tail => ({
      id: 'ubjson',
      options: { ubjsonDialect },
      frame: [before, payload, after],
      ...(out === undefined ? {} : { out }),
    })
    return [
      tail(`5b ${UBJSON}`, '5b 69 01 5d', '5d'),
      tail(`5b ${UBJSON}`, '5b 23 69 01 69 01', '5d'),
      tail(`5b ${UBJSON}`, '5b 24 69 23 69 03 01 02 03', '5d'),
      tail(`5b 23 69 05 ${UBJSON}`, '5b 23 55 01 69 01', ''),
      tail(`5b 23 69 06 ${UBJSON}`, '5b 69 01 5d 7b 23 69 01 69 01 61 69 01', ''),
      tail(`5b 23 69 06 ${UBJSON}`, '5b 69 01 5d 7b 24 69 23 69 01 69 01 61 01', ''),
      tail(`5b ${UBJSON}`, '5b 69 01 5d 5a', '5d', '5b 69 01 5d'),
      tail(`5b ${UBJSON}`, '5a 7b 69 01 61 69 01 7d', '5d', '5b 5d 7b 69 01 61 69 01 7d'),
      tail(`5b ${UBJSON}`, '5b 23 69 00', '5d', ''),
      tail(`5b 4e ${UBJSON} 4e`, '5b 4e 69 01 4e 5d', '4e 5d'),
      tail(`5b ${UBJSON}`, `5b 24 ${ubjsonDialect === 'bjdata' ? '42' : '55'} 23 69 02 01 02`, '5d'),
    ]
  }),
]

const hex = (value: string): Uint8Array => new Uint8Array(Buffer.from(value.replaceAll(/\s/g, ''), 'hex'))

const codecs = (['eager', 'deferred'] as const).map((payloadValidation) =>
  createCodec({ payloadValidation, cache: false }),
)

test.each(TAILS)(
  'the payload of $frame in $id is spliced exactly',
  ({ id, options, frame, out = frame[1] }) => {
    for (const codec of codecs) {
      const serializer = codec.serializer(id, options)
      const publish = serializer.decode(hex(frame.join(''))) as Publish
      const event = EventMessage.from(publish, { subscription: 1, publication: 2 })
      const bytes = serializer.encode(event)
      const payload = Buffer.from(hex(out))
      const empty = serializer.encode(new EventMessage({ subscription: 1, publication: 2 }))
      // The payload stands where it must, and around it is what an event without one has.
      const closers = id === 'json' || id === 'ubjson' ? 1 : 0
      const commas = id === 'json' && payload.length > 0 ? 1 : 0
      const found = Buffer.from(
        bytes.subarray(bytes.length - closers - payload.length, bytes.length - closers),
      )
      expect(found.toString('hex')).toBe(payload.toString('hex'))
      expect(bytes.length).toBe(empty.length + payload.length + commas)
      expect(Buffer.concat(serializer.encodeParts(event)).equals(bytes)).toBe(true)
      const again = serializer.decode(bytes) as EventMessage
      const sent = [publish.args?.length ? publish.args : null, publish.payload]
      expect([again.args?.length ? again.args : null, again.payload]).toEqual(sent)
      expect(again.kwargs ?? {}).toEqual(publish.kwargs ?? {})
    }
  },
)

test.each(['cbor', 'msgpack', 'ubjson'] as const)(
  '%s: a payload in the ppt dialect keeps its bytes',
  (id) => {
    const serializer = codecs[0]?.serializer(id) as ReturnType<(typeof codecs)[0]['serializer']>
    const sent = serializer.encode(
      new EventMessage({ subscription: 1, publication: 2, payload: new Uint8Array(300), ppt_scheme: 'x_a' }),
    )
    const event = serializer.decode(sent.slice())
    expect(Buffer.concat(serializer.encodeParts(event)).equals(sent)).toBe(true)
  },
)
