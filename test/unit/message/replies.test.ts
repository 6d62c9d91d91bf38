/** Tests of src/message/replies.ts: what can be answered with ERROR, and what happens with all else. */
import { expect, test } from 'vitest'
import {
  Call,
  createCodec,
  EncodeError,
  ErrorMessage,
  InvalidUriError,
  type Message,
  ProtocolError,
  Subscribe,
  WampCodecError,
} from '../../../src/index.ts'
import { SAMPLES } from '../../lifetime/samples.ts'

const codec = createCodec()
const json = codec.serializer('json')
const REQUESTS = [16, 32, 34, 48, 64, 66, 68]
const MESSAGES = SAMPLES.map(({ name, Class, least }) => ({ name, message: new Class(least) as Message }))
const isRequest = ({ message }: { message: Message }): boolean => REQUESTS.includes(message.table.code)

/** What `run` throws. */
function thrownBy(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

test('there is a message of each class', () => {
  expect(new Set(MESSAGES.map(({ message }) => message.table.code)).size).toBe(25)
})

test.each(MESSAGES.filter(isRequest))('$name is answered', ({ message }) => {
  const { code } = message.table
  const { request } = message as Message & { request: number }
  expect(ErrorMessage.canReply(message)).toBe(true)
  expect(ErrorMessage.reply(message, 'a.b').marshal()).toEqual([8, code, request, {}, 'a.b'])
})

// A peer sends these: a router that answers whatever it gets must be able to catch what comes of it.
test.each(MESSAGES.filter((each) => !isRequest(each)))(
  '$name cannot be answered: a ProtocolError says what to do',
  ({ message }) => {
    const { code, name } = message.table
    expect(ErrorMessage.canReply(message)).toBe(false)
    const error = thrownBy(() => ErrorMessage.reply(message, 'a.b'))
    expect(error).toBeInstanceOf(ProtocolError)
    expect(error).toMatchObject({
      code: 'BAD_MESSAGE',
      uri: 'wamp.error.protocol_violation',
      messageType: code,
      request: null,
      message: `cannot reply to ${name} with ERROR: it is not a request; send ABORT instead (docs/bad-input.md)`,
    })
  },
)

test('the reply carries args and kwargs', () => {
  const call = new Call({ request: 3, procedure: 'a.b' })
  const reply = ErrorMessage.reply(call, 'c.d', { args: [1], kwargs: { e: 2 } })
  expect(reply.marshal()).toEqual([8, 48, 3, {}, 'c.d', [1], { e: 2 }])
})

test('a received request is answered', () => {
  const request = json.decode(json.encode(new Subscribe({ request: 8, topic: 'a' })))
  expect(ErrorMessage.reply(request, 'a.b').marshal()).toEqual([8, 32, 8, {}, 'a.b'])
})

test('a frame that was refused is answered when its request is known', () => {
  const error = thrownBy(() => json.decode('[48,17,{"timeout":-1},"a.b"]')) as ProtocolError
  expect(ErrorMessage.canReply(error)).toBe(true)
  expect(ErrorMessage.reply(error, 'a.b').marshal()).toEqual([8, 48, 17, {}, 'a.b'])
})

const UNKNOWN: readonly (readonly [name: string, run: () => unknown, type: unknown])[] = [
  ['bytes that are not a message', () => json.decode('nonsense'), ProtocolError],
  ['a bad EVENT', () => json.decode('[36,1,2,[]]'), ProtocolError],
  [
    'a bad YIELD, whose request is not one that ERROR may name',
    () => json.decode('[70,1,[]]'),
    ProtocolError,
  ],
  ['a bad realm', () => json.decode('[1,"a b",{"roles":{"caller":{}}}]'), ProtocolError],
  ['a value that JSON cannot carry', () => codec.payload('json').encode(Number.NaN), EncodeError],
  [
    'a codec without a kernel',
    () => {
      throw new WampCodecError('KERNEL_UNAVAILABLE', 'no kernel')
    },
    WampCodecError,
  ],
]

test.each(UNKNOWN)('%s cannot be answered: an error of the same code and URI', (_, run, type) => {
  const cause = thrownBy(run) as WampCodecError
  expect(ErrorMessage.canReply(cause)).toBe(false)
  const error = thrownBy(() => ErrorMessage.reply(cause, 'a.b'))
  expect(error).toBeInstanceOf(type)
  expect(error).toMatchObject({
    code: cause.code,
    uri: cause.uri,
    cause,
    message: 'cannot reply with ERROR: the error names no request; send ABORT instead (docs/bad-input.md)',
  })
})

test.each([
  ['undefined', undefined, 'undefined'],
  ['null', null, 'null'],
  ['a list', [48, 1, {}, 'a.b'], 'an array'],
  ['an object that looks like a request', { request_type: 48, request: 1 }, 'a dictionary'],
  ['an error of something else', new TypeError('a'), 'a dictionary'],
])('%s is wrong use', (_, to, got) => {
  expect(ErrorMessage.canReply(to)).toBe(false)
  expect(() => ErrorMessage.reply(to as never, 'a.b')).toThrow(
    new TypeError(`ERROR.reply: expected a message or a WampCodecError, got ${got}`),
  )
})

test('a bad error URI is refused', () => {
  expect(() => ErrorMessage.reply(new Call({ request: 3, procedure: 'a.b' }), 'no uri')).toThrow(
    InvalidUriError,
  )
})
