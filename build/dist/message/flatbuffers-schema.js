/**
 * The FlatBuffers schema of WAMP as data, without the messages: what a slot is, the enumerations, and the tables that
 * messages point to (the messages' own are in flatbuffers-tables.ts). Reader, verifier (build/kernel-tables.mjs),
 * builder and the report of losses follow from both. Source: wamp-proto's .fbs files types, roles and auth.
 */
/** Enumerations of the schema: names in the order of their numbers; null is "none given". All are bytes on the wire. */
export const FLAT_ENUMS = {
    PPTScheme: [null, 'cryptobox', 'mqtt', 'xbr', 'opaque'],
    // 0 is TRANSPORT: the payload is in the serializer of the transport, which says nothing about an opaque one.
    PPTSerializer: [null, 'json', 'msgpack', 'cbor', 'ubjson', 'opaque', 'flatbuffers', 'flexbuffers'],
    PPTCipher: [null, 'xsalsa20poly1305', 'aes256gcm'],
    Match: ['exact', 'prefix', 'wildcard'],
    InvocationPolicy: ['single', 'first', 'last', 'roundrobin', 'random'],
    CancelMode: ['skip', 'kill', 'killnowait'],
    AuthMethod: [null, 'ticket', 'wampcra', 'wamp-scram', 'cryptosign'],
};
const flags = (...names) => names.map((name) => {
    if (typeof name === 'string')
        return [name, 'bool'];
    return [name[0], 'bool', { attribute: name[1] }];
});
/** The list form's own name of a feature. */
const ACKNOWLEDGE = ['acknowledge_event_received', 'x_acknowledged_event_delivery'];
const NESTED_ROWS = {
    Map: [
        ['key', 'string', { required: true }],
        ['value', 'string'],
    ],
    Principal: [
        ['session', 'uint64'],
        ['authid', 'string'],
        ['authrole', 'string'],
    ],
    ClientRoles: [
        ['publisher', 'PublisherFeatures'],
        ['subscriber', 'SubscriberFeatures'],
        ['caller', 'CallerFeatures'],
        ['callee', 'CalleeFeatures'],
    ],
    RouterRoles: [
        ['broker', 'BrokerFeatures'],
        ['dealer', 'DealerFeatures'],
    ],
    PublisherFeatures: flags('publisher_identification', 'publisher_exclusion', 'subscriber_blackwhite_listing', ACKNOWLEDGE, 'payload_transparency', 'payload_encryption_cryptobox'),
    SubscriberFeatures: flags('publisher_identification', 'pattern_based_subscription', 'publication_trustlevels', 'subscription_revocation', 'event_history', 'acknowledge_subscriber_received', 'payload_transparency', 'payload_encryption_cryptobox'),
    CallerFeatures: flags('caller_identification', 'call_timeout', 'call_canceling', 'progressive_call_results', 'payload_transparency', 'payload_encryption_cryptobox'),
    CalleeFeatures: flags('caller_identification', 'call_trustlevels', 'call_timeout', 'call_canceling', 'progressive_call_results', 'registration_revocation', 'pattern_based_registration', 'shared_registration', 'payload_transparency', 'payload_encryption_cryptobox'),
    BrokerFeatures: flags('publisher_identification', 'publisher_exclusion', 'subscriber_blackwhite_listing', 'pattern_based_subscription', 'publication_trustlevels', 'subscription_revocation', 'session_meta_api', 'subscription_meta_api', 'event_retention', 'event_history', ACKNOWLEDGE, 'acknowledge_subscriber_received', 'payload_transparency', 'payload_encryption_cryptobox'),
    DealerFeatures: flags('caller_identification', 'call_trustlevels', 'call_timeout', 'call_canceling', 'progressive_call_results', 'registration_revocation', 'pattern_based_registration', 'shared_registration', 'session_meta_api', 'registration_meta_api', 'testament_meta_api', 'payload_transparency', 'payload_encryption_cryptobox'),
};
/** Slots in full. */
export function slotsOf(rows) {
    return rows.map(([name, type, more = {}]) => {
        const isOffset = isOffsetType(type);
        const usual = isOffset ? null : type === 'bool' ? false : 0;
        const attribute = more.attribute === undefined ? name : more.attribute;
        return { name, type, attribute, required: more.required ?? false, default: more.default ?? usual };
    });
}
/** The tables that messages point to, by their names in the schema. */
export const FLAT_NESTED = Object.fromEntries(Object.entries(NESTED_ROWS).map(([name, rows]) => [name, slotsOf(rows)]));
/** True when a slot of the type holds an offset to what it stands for. */
export function isOffsetType(type) {
    return type.startsWith('[') || type === 'string' || Object.hasOwn(NESTED_ROWS, type);
}
