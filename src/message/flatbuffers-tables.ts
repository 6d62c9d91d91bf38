/**
 * The FlatBuffers side of the messages: the slots of each table (flatbuffers-rows.ts), and the order in which the
 * reference peer, autobahn-python, writes them, which is what profile 'autobahn' keeps.
 */
import { MESSAGE_ROWS } from './flatbuffers-rows.ts'
import { type FlatSlot, type FlatTable, isOffsetType, slotsOf } from './flatbuffers-schema.ts'

const BYTES = ['args', 'kwargs', 'payload']
const ENC = ['ppt_scheme', 'ppt_serializer', 'ppt_keyid']
const LISTS = [
  'exclude',
  'exclude_authid',
  'exclude_authrole',
  'eligible',
  'eligible_authid',
  'eligible_authrole',
]
const CALLER_TEXTS = ['caller_authid', 'caller_authrole']
const CALLEE_TEXTS = ['callee_authid', 'callee_authrole']

/**
 * By WAMP's name of the message: names of slots in the order in which the reference peer creates what they point to,
 * and in the order in which it adds them to the table.
 */
const ORDERS: Readonly<Record<string, readonly [created: readonly string[], added: readonly string[]]>> = {
  HELLO: [
    ['realm', 'authid', 'authrole', 'resume_token'],
    ['realm', 'authid', 'authrole', 'resumable', 'resume_session', 'resume_token'],
  ],
  WELCOME: [
    ['realm', 'authid', 'authrole', 'authprovider', 'resume_token'],
    ['session', 'realm', 'authid', 'authrole', 'authprovider', 'resumed', 'resumable', 'resume_token'],
  ],
  ABORT: [
    ['reason', 'message'],
    ['reason', 'message'],
  ],
  CHALLENGE: [[], ['method']],
  AUTHENTICATE: [['signature'], ['signature']],
  GOODBYE: [
    ['reason', 'message'],
    ['reason', 'message', 'resumable'],
  ],
  ERROR: [
    // The reference peer creates the texts of the callee too, and forgets them: dead bytes, but bytes.
    [...BYTES, 'error', 'ppt_keyid', ...CALLEE_TEXTS, 'forward_for'],
    ['request_type', 'request', 'error', ...BYTES, ...ENC, 'forward_for'],
  ],
  PUBLISH: [
    [...BYTES, 'topic', 'transaction_hash', 'ppt_keyid', ...LISTS, 'forward_for'],
    [
      'request',
      'topic',
      ...BYTES,
      ...ENC,
      'acknowledge',
      'exclude_me',
      ...LISTS,
      'retain',
      'transaction_hash',
      'forward_for',
    ],
  ],
  PUBLISHED: [[], ['request', 'publication']],
  SUBSCRIBE: [['topic'], ['request', 'topic', 'match', 'get_retained']],
  SUBSCRIBED: [[], ['request', 'subscription']],
  UNSUBSCRIBE: [[], ['request', 'subscription']],
  UNSUBSCRIBED: [['reason'], ['request', 'subscription', 'reason']],
  EVENT: [
    [
      ...BYTES,
      'publisher_authid',
      'publisher_authrole',
      'topic',
      'transaction_hash',
      'ppt_keyid',
      'forward_for',
    ],
    [
      'subscription',
      'publication',
      ...BYTES,
      'publisher',
      'publisher_authid',
      'publisher_authrole',
      'topic',
      'retained',
      'transaction_hash',
      'acknowledge',
      'ppt_scheme',
      'ppt_keyid',
      'ppt_serializer',
      'forward_for',
    ],
  ],
  EVENT_RECEIVED: [[], ['publication']],
  CALL: [
    [...BYTES, 'procedure', 'transaction_hash', ...CALLER_TEXTS, 'ppt_keyid', 'forward_for'],
    [
      'request',
      'procedure',
      ...BYTES,
      ...ENC,
      'timeout',
      'receive_progress',
      'transaction_hash',
      'caller',
      ...CALLER_TEXTS,
      'forward_for',
    ],
  ],
  CANCEL: [['forward_for'], ['request', 'mode', 'forward_for']],
  RESULT: [
    [...BYTES, 'ppt_keyid', ...CALLEE_TEXTS, 'forward_for'],
    ['request', ...BYTES, ...ENC, 'progress', 'callee', ...CALLEE_TEXTS, 'forward_for'],
  ],
  REGISTER: [['procedure'], ['request', 'procedure', 'match', 'invoke', 'concurrency', 'force_reregister']],
  REGISTERED: [[], ['request', 'registration']],
  UNREGISTER: [[], ['request', 'registration']],
  UNREGISTERED: [['reason'], ['request', 'registration', 'reason']],
  INVOCATION: [
    [...BYTES, 'procedure', 'transaction_hash', ...CALLER_TEXTS, 'ppt_keyid', 'forward_for'],
    [
      'request',
      'registration',
      ...BYTES,
      'timeout',
      'receive_progress',
      'caller',
      ...CALLER_TEXTS,
      'procedure',
      ...ENC,
      'transaction_hash',
      'forward_for',
    ],
  ],
  INTERRUPT: [
    ['reason', 'forward_for'],
    ['request', 'mode', 'reason', 'forward_for'],
  ],
  YIELD: [
    [...BYTES, 'ppt_keyid', ...CALLEE_TEXTS, 'forward_for'],
    ['request', ...BYTES, 'progress', ...ENC, 'callee', ...CALLEE_TEXTS, 'forward_for'],
  ],
}

/** The FlatBuffers side of every message, by WAMP's name of the message. */
export const FLAT_TABLES: Readonly<Record<string, FlatTable>> = Object.fromEntries(
  Object.entries(MESSAGE_ROWS).map(([message, [name, code, rows]]) => {
    const slots = slotsOf(name, rows, true)
    const [created, added] = ORDERS[message] ?? orderOf(slots)
    return [message, { name, code, slots, created, added }]
  }),
)

/** The order of a message that the reference peer does not know: that of the slots. */
function orderOf(
  slots: readonly FlatSlot[],
): readonly [created: readonly string[], added: readonly string[]] {
  const known = slots.filter(({ attribute }) => attribute !== null)
  return [known.filter(({ type }) => isOffsetType(type)), known].map((each) =>
    each.map(({ name }) => name),
  ) as [string[], string[]]
}
