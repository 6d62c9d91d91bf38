/**
 * The FlatBuffers side of the 25 messages: the slots of each table, what each slot is to the message class, and the
 * order in which the reference peer writes them. Source: wamp-proto's .fbs files session, pubsub and rpc; the order is
 * autobahn-python's, and what profile 'autobahn' keeps.
 */
import { slotsOf } from "./flatbuffers-schema.js";
const SESSION = ['session', 'uint64', { attribute: null }];
const REQUEST = ['request', 'uint64'];
const HASH = ['transaction_hash', 'string'];
const FORWARD_FOR = ['forward_for', '[Principal]'];
const PAYLOAD = [
    ['args', '[uint8]'],
    ['kwargs', '[uint8]'],
    ['payload', '[uint8]'],
    ['ppt_scheme', 'PPTScheme', { attribute: 'enc_algo' }],
    ['ppt_serializer', 'PPTSerializer', { attribute: 'enc_serializer' }],
    ['ppt_cipher', 'PPTCipher'],
    ['ppt_keyid', 'string', { attribute: 'enc_key' }],
];
const CALLER = [
    ['caller', 'uint64'],
    ['caller_authid', 'string'],
    ['caller_authrole', 'string'],
];
const RESULT = [
    SESSION,
    REQUEST,
    ...PAYLOAD,
    ['progress', 'bool'],
    ['callee', 'uint64'],
    ['callee_authid', 'string'],
    ['callee_authrole', 'string'],
    FORWARD_FOR,
];
const BYTES = ['args', 'kwargs', 'payload'];
const ENC = ['ppt_scheme', 'ppt_serializer', 'ppt_keyid'];
const LISTS = [
    'exclude',
    'exclude_authid',
    'exclude_authrole',
    'eligible',
    'eligible_authid',
    'eligible_authrole',
];
const CALLER_TEXTS = ['caller_authid', 'caller_authrole'];
const CALLEE_TEXTS = ['callee_authid', 'callee_authrole'];
function flatTable(name, code, rows, created, added) {
    return { name, code, slots: slotsOf(rows), created, added };
}
/** An answer or request of two ids. */
const ids = (name, code, id) => flatTable(name, code, [SESSION, REQUEST, [id, 'uint64']], [], ['request', id]);
/** What revokes, which may say why. */
const revocation = (name, code, id) => flatTable(name, code, [SESSION, REQUEST, [id, 'uint64'], ['reason', 'string']], ['reason'], ['request', id, 'reason']);
/** The FlatBuffers side of every message, by WAMP's name of the message. */
export const FLAT_TABLES = {
    HELLO: flatTable('Hello', 1, [
        SESSION,
        ['roles', 'ClientRoles', { required: true }],
        ['realm', 'string'],
        ['authmethods', '[AuthMethod]'],
        ['authid', 'string'],
        ['authrole', 'string'],
        ['authextra', 'Map'],
        ['resumable', 'bool'],
        ['resume_session', 'uint64'],
        ['resume_token', 'string'],
    ], ['realm', 'authid', 'authrole', 'resume_token'], ['realm', 'authid', 'authrole', 'resumable', 'resume_session', 'resume_token']),
    WELCOME: flatTable('Welcome', 2, [
        ['session', 'uint64'],
        ['roles', 'RouterRoles', { required: true }],
        ['realm', 'string', { required: true }],
        ['authid', 'string', { required: true }],
        ['authrole', 'string', { required: true }],
        ['authmethod', 'AuthMethod'],
        ['authprovider', 'string'],
        ['authextra', 'Map'],
        ['resumed', 'bool'],
        ['resumable', 'bool'],
        ['resume_token', 'string'],
    ], ['realm', 'authid', 'authrole', 'authprovider', 'resume_token'], ['session', 'realm', 'authid', 'authrole', 'authprovider', 'resumed', 'resumable', 'resume_token']),
    ABORT: flatTable('Abort', 3, [SESSION, ['reason', 'string', { required: true }], ['message', 'string']], ['reason', 'message'], ['reason', 'message']),
    CHALLENGE: flatTable('Challenge', 4, [SESSION, ['method', 'AuthMethod'], ['extra', 'Map']], [], ['method']),
    AUTHENTICATE: flatTable('Authenticate', 5, [SESSION, ['signature', 'string', { required: true }], ['extra', 'Map']], ['signature'], ['signature']),
    GOODBYE: flatTable('Goodbye', 6, [SESSION, ['reason', 'string', { required: true }], ['message', 'string'], ['resumable', 'bool']], ['reason', 'message'], ['reason', 'message', 'resumable']),
    ERROR: flatTable('Error', 8, [
        SESSION,
        ['request_type', 'MessageType'],
        REQUEST,
        ['error', 'string', { required: true }],
        ...PAYLOAD,
        FORWARD_FOR,
    ], 
    // The reference peer creates the texts of the callee too, and forgets them: dead bytes, but bytes.
    [...BYTES, 'error', 'ppt_keyid', ...CALLEE_TEXTS, 'forward_for'], ['request_type', 'request', 'error', ...BYTES, ...ENC, 'forward_for']),
    PUBLISH: flatTable('Publish', 16, [
        SESSION,
        REQUEST,
        ['topic', 'string', { required: true }],
        ...PAYLOAD,
        ['acknowledge', 'bool'],
        ['exclude_me', 'bool', { default: true }],
        ['exclude', '[uint64]'],
        ['exclude_authid', '[string]'],
        ['exclude_authrole', '[string]'],
        ['eligible', '[uint64]'],
        ['eligible_authid', '[string]'],
        ['eligible_authrole', '[string]'],
        ['retain', 'bool'],
        HASH,
        FORWARD_FOR,
    ], [...BYTES, 'topic', 'transaction_hash', 'ppt_keyid', ...LISTS, 'forward_for'], [
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
    ]),
    PUBLISHED: ids('Published', 17, 'publication'),
    SUBSCRIBE: flatTable('Subscribe', 32, [SESSION, REQUEST, ['topic', 'string', { required: true }], ['match', 'Match'], ['get_retained', 'bool']], ['topic'], ['request', 'topic', 'match', 'get_retained']),
    SUBSCRIBED: ids('Subscribed', 33, 'subscription'),
    UNSUBSCRIBE: ids('Unsubscribe', 34, 'subscription'),
    UNSUBSCRIBED: revocation('Unsubscribed', 35, 'subscription'),
    EVENT: flatTable('Event', 36, [
        SESSION,
        ['subscription', 'uint64'],
        ['publication', 'uint64'],
        ...PAYLOAD,
        ['publisher', 'uint64'],
        ['publisher_authid', 'string'],
        ['publisher_authrole', 'string'],
        ['topic', 'string'],
        ['retained', 'bool'],
        HASH,
        ['acknowledge', 'bool', { attribute: 'x_acknowledged_delivery' }],
        FORWARD_FOR,
    ], [
        ...BYTES,
        'publisher_authid',
        'publisher_authrole',
        'topic',
        'transaction_hash',
        'ppt_keyid',
        'forward_for',
    ], [
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
    ]),
    EVENT_RECEIVED: flatTable('EventReceived', 37, 
    // The class has no forward_for, as in the WAMP specification.
    [SESSION, ['publication', 'uint64'], ['forward_for', '[Principal]', { attribute: null }]], [], ['publication']),
    CALL: flatTable('Call', 48, [
        SESSION,
        REQUEST,
        ['procedure', 'string', { required: true }],
        ...PAYLOAD,
        ['timeout', 'uint32'],
        ['receive_progress', 'bool'],
        HASH,
        ...CALLER,
        FORWARD_FOR,
    ], [...BYTES, 'procedure', 'transaction_hash', ...CALLER_TEXTS, 'ppt_keyid', 'forward_for'], [
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
    ]),
    CANCEL: flatTable('Cancel', 49, [SESSION, REQUEST, ['mode', 'CancelMode'], FORWARD_FOR], ['forward_for'], ['request', 'mode', 'forward_for']),
    RESULT: flatTable('Result', 50, RESULT, [...BYTES, 'ppt_keyid', ...CALLEE_TEXTS, 'forward_for'], ['request', ...BYTES, ...ENC, 'progress', 'callee', ...CALLEE_TEXTS, 'forward_for']),
    REGISTER: flatTable('Register', 64, [
        SESSION,
        REQUEST,
        ['procedure', 'string', { required: true }],
        ['match', 'Match'],
        ['invoke', 'InvocationPolicy'],
        ['concurrency', 'uint16'],
        ['force_reregister', 'bool'],
    ], ['procedure'], ['request', 'procedure', 'match', 'invoke', 'concurrency', 'force_reregister']),
    REGISTERED: ids('Registered', 65, 'registration'),
    UNREGISTER: ids('Unregister', 66, 'registration'),
    UNREGISTERED: revocation('Unregistered', 67, 'registration'),
    INVOCATION: flatTable('Invocation', 68, [
        SESSION,
        REQUEST,
        ['registration', 'uint64'],
        ...PAYLOAD,
        ['procedure', 'string'],
        ['timeout', 'uint32'],
        ['receive_progress', 'bool'],
        HASH,
        ...CALLER,
        FORWARD_FOR,
    ], [...BYTES, 'procedure', 'transaction_hash', ...CALLER_TEXTS, 'ppt_keyid', 'forward_for'], [
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
    ]),
    INTERRUPT: flatTable('Interrupt', 69, [SESSION, REQUEST, ['mode', 'CancelMode', { default: 1 }], ['reason', 'string'], FORWARD_FOR], ['reason', 'forward_for'], ['request', 'mode', 'reason', 'forward_for']),
    YIELD: flatTable('Yield', 70, RESULT, [...BYTES, 'ppt_keyid', ...CALLEE_TEXTS, 'forward_for'], ['request', ...BYTES, 'progress', ...ENC, 'callee', ...CALLEE_TEXTS, 'forward_for']),
};
