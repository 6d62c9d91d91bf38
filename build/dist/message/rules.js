/** The rules of each message that has any. */
const RULES = {
    HELLO(get) {
        if (get('roles') == null)
            return { attribute: 'roles', rule: 'roles are required' };
        if (get('resume_session') && get('resume_token') == null) {
            return { attribute: 'resume_token', rule: 'resume_session needs resume_token' };
        }
        return null;
    },
    WELCOME(get) {
        if (get('roles') == null)
            return { attribute: 'roles', rule: 'roles are required' };
        // An empty token is not written, so it cannot be read either.
        if (get('resumable') && !get('resume_token')) {
            return { attribute: 'resume_token', rule: 'resumable needs resume_token' };
        }
        return null;
    },
    UNSUBSCRIBED: (get) => revocation('subscription', get),
    UNREGISTERED: (get) => revocation('registration', get),
};
/** True for messages that `brokenRule` has a rule for. */
export function isRuled(table) {
    return Object.hasOwn(RULES, table.name);
}
/** The first rule that the attributes break, or null. */
export function brokenRule(table, get) {
    return RULES[table.name]?.(get) ?? null;
}
/** A router that revokes on its own names what it revokes, and answers request 0. */
function revocation(attribute, get) {
    const id = get(attribute);
    if (id == null)
        return null;
    if (get('request') !== 0)
        return { attribute, rule: `${attribute} is only for a revocation, whose request is 0` };
    return id === 0 ? { attribute, rule: `${attribute} must not be 0` } : null;
}
/** How the URI of this message may be patterned. Routers in the field take any pattern on SUBSCRIBE. */
export function uriPattern(table, match) {
    if (table.name === 'SUBSCRIBE')
        return 'wildcard';
    return table.name === 'REGISTER' && (match === 'prefix' || match === 'wildcard') ? match : 'exact';
}
