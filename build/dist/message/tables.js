/**
 * The wire facts of all 25 messages, one table each: positions of the list, then the keys of Options or Details in
 * the order in which they are written. Sources: the WAMP specification's message definitions, and the keys that
 * autobahn-python writes, in its order. The kernel's key tables are generated from this file.
 */
import { defineTable } from "./table.js";
const FORWARDING = [['forward_for', 'hops']];
const ENC = [
    ['enc_algo', 'encAlgo'],
    ['enc_key', 'encKey'],
    ['enc_serializer', 'encSerializer'],
];
const PPT = [
    ['ppt_scheme', 'text'],
    ['ppt_serializer', 'text'],
    ['ppt_cipher', 'text'],
    ['ppt_keyid', 'text'],
];
const PASSTHRU = [...ENC, ...PPT];
const CALLER = [
    ['caller', 'int'],
    ['caller_authid', 'text'],
    ['caller_authrole', 'text'],
];
const CALLEE = [
    ['callee', 'int'],
    ['callee_authid', 'text'],
    ['callee_authrole', 'text'],
];
const MATCH = ['match', 'match', { write: { unless: 'exact' }, absent: 'exact' }];
export const HELLO = defineTable('HELLO', 1, 1, [
    ['realm', 'realm'],
    ['details', 'options'],
], [
    ['roles', 'clientRoles'],
    ['authmethods', 'texts'],
    ['authid', 'text'],
    ['authrole', 'text'],
    ['authextra', 'dict'],
    ['resumable', 'bool'],
    ['resume-session', 'int', { attribute: 'resume_session' }],
    ['resume-token', 'text', { attribute: 'resume_token' }],
    ['agent', 'text'],
    ['transport', 'dict'],
]);
export const WELCOME = defineTable('WELCOME', 2, 1, [
    ['session', 'id'],
    ['details', 'options'],
], [
    ['realm', 'textOrNull', { write: 'truthy' }],
    ['authid', 'textOrNull', { write: 'truthy' }],
    ['authrole', 'textOrNull', { write: 'truthy' }],
    ['authmethod', 'textOrNull', { write: 'truthy' }],
    ['authprovider', 'textOrNull', { write: 'truthy' }],
    ['authextra', 'dictOrNull', { write: 'truthy' }],
    ['resumed', 'bool', { write: 'truthy' }],
    ['resumable', 'bool', { write: 'truthy' }],
    ['resume_token', 'text', { write: 'truthy' }],
    ['agent', 'text'],
    ['roles', 'routerRoles'],
], { customFirst: true });
export const ABORT = defineTable('ABORT', 3, 1, [
    ['details', 'options'],
    ['reason', 'uri'],
], [['message', 'text', { write: 'truthy' }]], { payload: 'args' });
export const CHALLENGE = defineTable('CHALLENGE', 4, 1, [
    ['method', 'text'],
    ['extra', 'dict'],
], [['extra', 'dict']]);
export const AUTHENTICATE = defineTable('AUTHENTICATE', 5, 1, [
    ['signature', 'text'],
    ['extra', 'dict'],
], [['extra', 'dict']]);
export const GOODBYE = defineTable('GOODBYE', 6, 1, [
    ['details', 'options'],
    ['reason', 'uri'],
], [
    ['message', 'text', { write: 'truthy' }],
    ['resumable', 'bool', { write: 'truthy' }],
]);
export const ERROR = defineTable('ERROR', 8, 4, [
    ['request_type', 'requestType'],
    ['request', 'id'],
    ['details', 'options'],
    ['error', 'uri'],
], [...CALLEE, ...FORWARDING, ...PASSTHRU]);
export const PUBLISH = defineTable('PUBLISH', 16, 4, [
    ['request', 'id'],
    ['options', 'options'],
    ['topic', 'uri'],
], [
    ['acknowledge', 'bool'],
    ['exclude_me', 'bool'],
    ['exclude', 'ints'],
    ['exclude_authid', 'texts'],
    ['exclude_authrole', 'texts'],
    ['eligible', 'ints'],
    ['eligible_authid', 'texts'],
    ['eligible_authrole', 'texts'],
    ['retain', 'bool'],
    ['transaction_hash', 'text'],
    ['disclose_me', 'bool'],
    ['rkey', 'text'],
    ...PASSTHRU,
    ...FORWARDING,
]);
export const PUBLISHED = defineTable('PUBLISHED', 17, 1, [
    ['request', 'id'],
    ['publication', 'id'],
]);
export const SUBSCRIBE = defineTable('SUBSCRIBE', 32, 3, [
    ['request', 'id'],
    ['options', 'options'],
    ['topic', 'uri'],
], [MATCH, ['get_retained', 'bool'], ['nkey', 'text'], ...FORWARDING]);
export const SUBSCRIBED = defineTable('SUBSCRIBED', 33, 1, [
    ['request', 'id'],
    ['subscription', 'id'],
]);
export const UNSUBSCRIBE = defineTable('UNSUBSCRIBE', 34, 3, [
    ['request', 'id'],
    ['subscription', 'id'],
    ['options', 'options?'],
], [['forward_for', 'hops', { write: 'truthy' }]]);
export const UNSUBSCRIBED = defineTable('UNSUBSCRIBED', 35, 1, [
    ['request', 'id'],
    ['details', 'options?'],
], [
    ['reason', 'uri'],
    ['subscription', 'int'],
]);
export const EVENT = defineTable('EVENT', 36, 4, [
    ['subscription', 'id'],
    ['publication', 'id'],
    ['details', 'options'],
], [
    ['publisher', 'int'],
    ['publisher_authid', 'text'],
    ['publisher_authrole', 'text'],
    ['topic', 'text'],
    ['retained', 'bool'],
    ['transaction_hash', 'text'],
    ['x_acknowledged_delivery', 'bool'],
    ['trustlevel', 'int'],
    ...FORWARDING,
    ...PASSTHRU,
]);
export const EVENT_RECEIVED = defineTable('EVENT_RECEIVED', 337, 1, [['publication', 'id']]);
export const CALL = defineTable('CALL', 48, 4, [
    ['request', 'id'],
    ['options', 'options'],
    ['procedure', 'uri'],
], [
    ['timeout', 'uint'],
    ['receive_progress', 'bool'],
    ['transaction_hash', 'text'],
    ['progress', 'bool'],
    ['disclose_me', 'bool'],
    ['runmode', 'text'],
    ['rkey', 'text'],
    ...PASSTHRU,
    ...CALLER,
    ...FORWARDING,
]);
export const CANCEL = defineTable('CANCEL', 49, 3, [
    ['request', 'id'],
    ['options', 'options'],
], [['mode', 'cancelMode'], ...FORWARDING]);
export const RESULT = defineTable('RESULT', 50, 4, [
    ['request', 'id'],
    ['details', 'options'],
], [['progress', 'bool'], ...CALLEE, ...FORWARDING, ...PASSTHRU]);
export const REGISTER = defineTable('REGISTER', 64, 3, [
    ['request', 'id'],
    ['options', 'options'],
    ['procedure', 'uri'],
], [
    MATCH,
    ['invoke', 'invoke', { write: { unless: 'single' }, absent: 'single' }],
    ['concurrency', 'count', { write: 'truthy' }],
    ['force_reregister', 'bool'],
    ['disclose_caller', 'bool'],
    ['forward_timeout', 'bool'],
    ...FORWARDING,
]);
export const REGISTERED = defineTable('REGISTERED', 65, 1, [
    ['request', 'id'],
    ['registration', 'id'],
]);
export const UNREGISTER = defineTable('UNREGISTER', 66, 3, [
    ['request', 'id'],
    ['registration', 'id'],
    ['options', 'options?'],
], [['forward_for', 'hops', { write: 'truthy' }]]);
export const UNREGISTERED = defineTable('UNREGISTERED', 67, 1, [
    ['request', 'id'],
    ['details', 'options?'],
], [
    ['reason', 'uri'],
    ['registration', 'int'],
]);
export const INVOCATION = defineTable('INVOCATION', 68, 4, [
    ['request', 'id'],
    ['registration', 'id'],
    ['details', 'options'],
], [
    ['timeout', 'uint'],
    ['receive_progress', 'bool'],
    ...CALLER,
    ['procedure', 'text'],
    ['transaction_hash', 'text'],
    ['progress', 'bool'],
    ['trustlevel', 'int'],
    ...FORWARDING,
    ...PASSTHRU,
]);
export const INTERRUPT = defineTable('INTERRUPT', 69, 3, [
    ['request', 'id'],
    ['options', 'options'],
], [['mode', 'interruptMode'], ['reason', 'uri'], ...FORWARDING]);
export const YIELD = defineTable('YIELD', 70, 4, [
    ['request', 'id'],
    ['options', 'options'],
], [['progress', 'bool'], ...CALLEE, ...FORWARDING, ...PASSTHRU]);
/** All 25 tables; the place in this list is the message's form number in the kernel. */
export const TABLES = [
    HELLO,
    WELCOME,
    ABORT,
    CHALLENGE,
    AUTHENTICATE,
    GOODBYE,
    ERROR,
    PUBLISH,
    PUBLISHED,
    SUBSCRIBE,
    SUBSCRIBED,
    UNSUBSCRIBE,
    UNSUBSCRIBED,
    EVENT,
    EVENT_RECEIVED,
    CALL,
    CANCEL,
    RESULT,
    REGISTER,
    REGISTERED,
    UNREGISTER,
    UNREGISTERED,
    INVOCATION,
    INTERRUPT,
    YIELD,
];
