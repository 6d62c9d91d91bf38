/**
 * Roles and their features, as HELLO and WELCOME announce them: the checks of the kinds `clientRoles` and `routerRoles`
 * in `kinds.ts`. Source: WAMP specification, "Feature Announcement", and the features that autobahn-python knows.
 */
const PUBSUB = ['payload_transparency', 'payload_encryption_cryptobox', 'publisher_identification'];
const PUBLISHER = [
    ...PUBSUB,
    'subscriber_blackwhite_listing',
    'publisher_exclusion',
    'x_acknowledged_event_delivery',
];
const SUBSCRIBER = [
    ...PUBSUB,
    'publication_trustlevels',
    'pattern_based_subscription',
    'subscription_revocation',
    'event_history',
];
const CALLER = [
    'payload_transparency',
    'payload_encryption_cryptobox',
    'caller_identification',
    'call_timeout',
    'call_canceling',
    'progressive_call_results',
];
const CALLEE = [
    ...CALLER,
    'call_trustlevels',
    'pattern_based_registration',
    'shared_registration',
    'registration_revocation',
];
const BROKER = [...PUBLISHER, ...SUBSCRIBER, 'session_meta_api', 'subscription_meta_api', 'event_retention'];
const DEALER = [...CALLEE, 'session_meta_api', 'registration_meta_api', 'testament_meta_api'];
/** The roles of a client. */
export const CLIENT_ROLES = {
    publisher: PUBLISHER,
    subscriber: SUBSCRIBER,
    caller: CALLER,
    callee: CALLEE,
};
/** The roles of a router. */
export const ROUTER_ROLES = { broker: BROKER, dealer: DEALER };
/** True when every known feature in `features` is a boolean or null. */
export function areFeatures(roles, role, features) {
    return wrongFeature(roles, role, features) === undefined;
}
/** The first known feature in `features` that is neither a boolean nor null. */
export function wrongFeature(roles, role, features) {
    return (roles[role] ?? []).find((name) => {
        const feature = features[name];
        return feature != null && typeof feature !== 'boolean';
    });
}
