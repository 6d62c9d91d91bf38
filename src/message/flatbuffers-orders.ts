/** The order in which the reference peer, autobahn-python, writes slots: what profile 'autobahn' keeps. */

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
 * and in the order in which it adds them to the table. Of all other messages that is the order of the slots.
 */
export const ORDERS: Readonly<
  Record<string, readonly [created: readonly string[], added: readonly string[]]>
> = {
  HELLO: [
    ['realm', 'authid', 'authrole', 'resume_token'],
    ['realm', 'authid', 'authrole', 'resumable', 'resume_session', 'resume_token'],
  ],
  WELCOME: [
    ['realm', 'authid', 'authrole', 'authprovider', 'resume_token'],
    ['session', 'realm', 'authid', 'authrole', 'authprovider', 'resumed', 'resumable', 'resume_token'],
  ],
  CHALLENGE: [[], ['method']],
  AUTHENTICATE: [['signature'], ['signature']],
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
  RESULT: [
    [...BYTES, 'ppt_keyid', ...CALLEE_TEXTS, 'forward_for'],
    ['request', ...BYTES, ...ENC, 'progress', 'callee', ...CALLEE_TEXTS, 'forward_for'],
  ],
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
  YIELD: [
    [...BYTES, 'ppt_keyid', ...CALLEE_TEXTS, 'forward_for'],
    ['request', ...BYTES, 'progress', ...ENC, 'callee', ...CALLEE_TEXTS, 'forward_for'],
  ],
}
