/** What came in FlatBuffers and lists have no words for, before and after a setter was called. */
import { describe, expect, test } from 'vitest'
import {
  Abort,
  Cancel,
  Challenge,
  createCodec,
  EncodeError,
  EventMessage,
  Hello,
  Interrupt,
  type Message,
  PayloadRuleError,
  Publish,
  Register,
  Welcome,
  Yield,
} from '../../../../src/index.ts'

const LISTS = ['json', 'msgpack', 'cbor', 'ubjson'] as const
const codec = createCodec()
const flat = codec.serializer('flatbuffers')
const autobahn = codec.serializer('flatbuffers', { profile: 'autobahn' })
const payload = Uint8Array.of(1, 2)
const enc = { payload, enc_algo: 'xbr', enc_serializer: 'json' }

/** The message with the number 4 as its scheme, which the schema calls OPAQUE. */
function opaque<M extends Message>(message: M): M {
  const [xbr, mqtt] = [enc.enc_algo, 'mqtt'].map((enc_algo) => {
    Object.assign(message, { enc_algo })
    return flat.encode(message).slice()
  }) as [Uint8Array, Uint8Array]
  const at = xbr.findIndex((byte, i) => byte !== mqtt[i])
  expect([xbr[at], mqtt[at]]).toEqual([3, 2])
  xbr[at] = 4
  return flat.decode(xbr) as Message as M
}

function expectUnlisted(message: Message, path: string, isChanged: boolean): void {
  const error = expect.objectContaining({ code: 'UNENCODABLE', path })
  for (const id of LISTS) {
    const to = codec.serializer(id)
    expect(() => to.encode(message)).toThrow(EncodeError)
    expect(() => to.encode(message)).toThrow(error)
    expect(codec.lossReport(message, to)).toMatchObject([{ path }])
  }
  // One that nobody has changed travels in its frame.
  if (isChanged) expect(() => message.toTransferable()).toThrow(error)
  else expect(codec.fromTransferable(message.toTransferable()).equals(message)).toBe(true)
}

describe('the scheme OPAQUE', () => {
  const publish = opaque(new Publish({ request: 1, topic: 'a.b', ...enc }))
  const changed = flat.decode(flat.encode(publish)) as Publish
  changed.acknowledge = true

  test.each<[string, Message]>([
    ['PUBLISH', publish],
    ['PUBLISH after a setter', changed],
    ['EVENT', opaque(new EventMessage({ subscription: 1, publication: 2, ...enc }))],
    ['EVENT of a PUBLISH', EventMessage.from(publish, { subscription: 1, publication: 2 })],
    ['YIELD', opaque(new Yield({ request: 1, ...enc }))],
  ])('of %s has no name in a list, and stays what it is in FlatBuffers', (_, message) => {
    expectUnlisted(message, 'enc_algo', message === changed)
    expect(flat.decode(flat.encode(message))).toMatchObject({ payload, enc_algo: 'opaque' })
  })
})

describe('roles of which the schema has none', () => {
  const roles = { x: {} } as Record<string, object>
  const hello = (): Hello => flat.decode(flat.encode(new Hello({ realm: 'a', roles }))) as Hello
  const welcome = (): Welcome => flat.decode(flat.encode(new Welcome({ session: 1, roles }))) as Welcome

  test.each([
    ['HELLO', hello],
    ['WELCOME', welcome],
  ])('%s goes to no list', (_, make) => {
    expectUnlisted(make(), 'roles', false)
    const changed = make()
    changed.authid = 'x'
    expectUnlisted(changed, 'roles', true)
    expect(flat.decode(flat.encode(changed))).toMatchObject({ roles: {}, authid: 'x' })
    for (const to of LISTS) {
      const transcode = (): unknown =>
        codec.transcodeMessage(flat.encode(make()), { from: flat, to: codec.serializer(to) })
      expect(transcode).toThrow(expect.objectContaining({ code: 'UNENCODABLE', path: 'roles' }))
    }
  })
})

describe('what profile autobahn leaves out', () => {
  const roles = { caller: {} }

  test('HELLO and WELCOME without roles may be changed, and go to FlatBuffers only', () => {
    for (const built of [
      new Hello({ realm: 'a', roles }),
      new Welcome({ session: 1, roles: { broker: {} } }),
    ]) {
      const message = autobahn.decode(autobahn.encode(built)) as Hello
      expectUnlisted(message, 'roles', false)
      message.authid = 'x'
      expectUnlisted(message, 'roles', true)
      expect(flat.decode(flat.encode(message))).toMatchObject({ roles: null, authid: 'x' })
      message.roles = { x: {} } as Record<string, object>
      expect(codec.serializer('json').decode(codec.serializer('json').encode(message))).toMatchObject({
        authid: 'x',
      })
    }
  })

  test('CHALLENGE without a method is the same', () => {
    const message = flat.decode(flat.encode(new Challenge({ method: 'mine' }))) as Challenge
    expect(message.method).toBe(null)
    expectUnlisted(message, 'method', false)
    message.extra = { a: 'b' }
    expectUnlisted(message, 'method', true)
    expect(flat.decode(flat.encode(message))).toMatchObject({ method: null, extra: { a: 'b' } })
    message.method = 'ticket'
    const json = codec.serializer('json')
    expect(json.decode(json.encode(message))).toMatchObject({ method: 'ticket', extra: { a: 'b' } })
  })

  test('a setter still may not break the rules that the frame kept', () => {
    const hello = autobahn.decode(autobahn.encode(new Hello({ realm: 'a', roles }))) as Hello
    hello.resume_session = 5
    expect(() => flat.encode(hello)).toThrow(
      expect.objectContaining({ code: 'BAD_MESSAGE', path: 'resume_token' }),
    )
    const built = new Register({ request: 1, procedure: 'a..b', match: 'wildcard' })
    const register = flat.decode(flat.encode(built)) as Register
    register.match = 'exact'
    for (const to of [flat, codec.serializer('json')]) {
      expect(() => to.encode(register)).toThrow(
        expect.objectContaining({ code: 'BAD_MESSAGE', path: 'procedure' }),
      )
    }
  })
})

test('enc_key and enc_serializer need enc_algo in FlatBuffers too, unless they came without', () => {
  const json = codec.serializer('json')
  const all = { request: 1, topic: 'a.b', payload, enc_algo: 'xbr', enc_key: 'k', enc_serializer: 'json' }
  const received = json.decode(json.encode(new Publish(all))) as Publish
  for (const message of [new Publish(all), received]) {
    message.enc_algo = null
    for (const to of [flat, json]) {
      expect(() => to.encode(message)).toThrow(PayloadRuleError)
      expect(() => to.encode(message)).toThrow('enc_key needs enc_algo')
    }
  }
  const foreign = flat.decode(flat.encode(new Publish({ ...all, enc_algo: 'x_mine' }))) as Publish
  foreign.acknowledge = true
  const event = EventMessage.from(foreign, { subscription: 1, publication: 2 })
  for (const message of [foreign, event]) {
    expect(flat.decode(flat.encode(message))).toMatchObject({ enc_algo: null, enc_key: 'k' })
    expect(() => json.encode(message)).toThrow()
  }
})

test('a text that is the name of a mode is written by profile autobahn, and is no loss', () => {
  const text = 'killnowait'
  for (const message of [
    new Abort({ reason: 'a.b', message: text }),
    new Publish({ request: 1, topic: 'a.b', payload, enc_algo: 'xbr', enc_key: text }),
    new Interrupt({ request: 1, reason: text }),
  ]) {
    expect(codec.lossReport(message, autobahn)).toEqual([])
    expect(autobahn.decode(autobahn.encode(message)).equals(message)).toBe(true)
  }
  for (const message of [new Cancel({ request: 1, mode: text }), new Interrupt({ request: 1, mode: text })]) {
    expect(codec.lossReport(message, autobahn)).toMatchObject([{ path: 'mode' }])
  }
})
