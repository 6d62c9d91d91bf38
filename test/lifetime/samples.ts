/**
 * One built message of each class for the tests of lifetime, shape and fuzz: short ones, full ones, large
 * ids.
 */
import { type Message, message as messages } from '../../src/index.ts'

/** A class with its attributes: the least that it needs, and as much as it takes. */
export interface Sample {
  readonly name: string
  readonly Class: new (attributes: object) => Message
  readonly least: Readonly<Record<string, unknown>>
  readonly full: Readonly<Record<string, unknown>>
}

/** Ids beyond 2^31, so that no engine keeps them as small integers. */
export const BIG: number = 2 ** 53
const ID = 2 ** 40 + 1

const HOPS = [
  { session: ID, authid: 'joe', authrole: 'user' },
  { session: 7, authid: null, authrole: 'röle' },
]
const ENC = { enc_algo: 'cryptobox', enc_key: 'key', enc_serializer: 'cbor' }
const PAYLOAD = new Uint8Array([1, 2, 3, 254, 255])
const ARGS = [1, 'two', null, true, 1.5, { a: [BIG, -7], ключ: '€' }, [[], {}]]
const KWARGS = { x: 1, deep: { deep: { deep: [] } }, bytes: new Uint8Array([0, 1]) }
const CUSTOM = { x_one: 1, other: { list: ['a', 2] }, _two: null }
const CALLEE = { callee: ID, callee_authid: 'c', callee_authrole: 'r' }
const CALLER = { caller: ID, caller_authid: 'c', caller_authrole: 'r' }
const PPT = { ppt_scheme: 'x_s', ppt_serializer: 'cbor', ppt_cipher: 'aes256gcm', ppt_keyid: 'k' }

/** All 25 classes in the order of their codes. */
export const SAMPLES: readonly Sample[] = (
  [
    [
      'Hello',
      { realm: 'realm1', roles: { caller: {} } },
      { authmethods: ['ticket'], authid: 'joe', authextra: { a: [1] }, agent: 'a', custom: CUSTOM },
    ],
    [
      'Welcome',
      { session: 1, roles: { broker: {} } },
      { session: ID, realm: 'realm1', authid: 'joe', authextra: { k: 'v' }, custom: CUSTOM },
    ],
    ['Abort', { reason: 'wamp.error.x' }, { message: 'no', args: ARGS, kwargs: KWARGS, custom: CUSTOM }],
    ['Challenge', { method: 'ticket' }, { extra: { nonce: 'x', salt: [1, { b: 2 }] } }],
    ['Authenticate', { signature: 'secret' }, { extra: { a: { b: null } } }],
    ['Goodbye', { reason: 'wamp.close.normal' }, { message: 'bye', resumable: true, custom: CUSTOM }],
    [
      'Error',
      { request_type: 48, request: 1, error: 'a.b' },
      { request: ID, ...CALLEE, args: ARGS, kwargs: KWARGS, forward_for: HOPS },
    ],
    [
      'Publish',
      { request: 1, topic: 'com.example.a' },
      { request: ID, exclude: [1, ID], retain: false, payload: PAYLOAD, ...ENC, custom: CUSTOM },
    ],
    ['Published', { request: 1, publication: 2 }, { publication: BIG }],
    [
      'Subscribe',
      { request: 1, topic: 'com.example.a' },
      { topic: 'com..a', match: 'wildcard', get_retained: true, forward_for: HOPS, custom: CUSTOM },
    ],
    ['Subscribed', { request: 1, subscription: 2 }, { subscription: ID }],
    ['Unsubscribe', { request: 1, subscription: 2 }, { subscription: ID, forward_for: HOPS }],
    ['Unsubscribed', { request: 1 }, { request: 0, reason: 'a.b', subscription: ID }],
    [
      'Event',
      { subscription: 1, publication: 2 },
      { publication: ID, publisher: ID, topic: 'a.b', args: ARGS, kwargs: KWARGS, custom: CUSTOM },
    ],
    ['EventReceived', { publication: 1 }, { publication: ID }],
    [
      'Call',
      { request: 1, procedure: 'com.example.add' },
      { timeout: 5000, receive_progress: true, args: ARGS, ...CALLER, forward_for: HOPS },
    ],
    ['Cancel', { request: 1 }, { mode: 'kill', forward_for: HOPS, custom: CUSTOM }],
    ['Result', { request: 1 }, { request: ID, progress: true, ...CALLEE, payload: PAYLOAD, ...PPT }],
    [
      'Register',
      { request: 1, procedure: 'com.example.add' },
      { match: 'prefix', invoke: 'random', concurrency: 3, custom: CUSTOM },
    ],
    ['Registered', { request: 1, registration: 2 }, { registration: ID }],
    ['Unregister', { request: 1, registration: 2 }, { forward_for: HOPS, custom: CUSTOM }],
    ['Unregistered', { request: 1 }, { request: 0, registration: ID, reason: 'a.b' }],
    [
      'Invocation',
      { request: 1, registration: 2 },
      { request: ID, procedure: 'a.b', trustlevel: 3, kwargs: KWARGS, ...CALLER, custom: CUSTOM },
    ],
    ['Interrupt', { request: 1 }, { mode: 'killnowait', reason: 'a.b', forward_for: HOPS }],
    ['Yield', { request: 1 }, { request: ID, progress: false, payload: PAYLOAD, ...ENC, custom: CUSTOM }],
  ] as const
).map(([name, least, more]) => ({
  name,
  Class: (messages as unknown as Record<string, Sample['Class']>)[name] as Sample['Class'],
  least,
  full: { ...least, ...more },
}))

/** Short and full messages of all classes. */
export function builtMessages(): Message[] {
  return SAMPLES.flatMap(({ Class, least, full }) => [new Class(least), new Class(full)])
}
