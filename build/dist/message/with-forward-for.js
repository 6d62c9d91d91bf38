/**
 * The forward_for mixin: the chain of routers that a message has come through on router-to-router links. It holds
 * accessors and methods; the slots belong to the constructors of the concrete classes.
 */
import { isObject, wrongArgument } from "../arguments.js";
import { ProtocolError } from "../errors.js";
import { copyOf, setOption } from "./derive.js";
import { isId, KINDS } from "./kinds.js";
import { change, readOption, writeOption } from "./options.js";
import { FORWARD_FOR } from "./table.js";
/** Adds forward_for to a class. Apply it once for each category of messages, not once for each message. */
export function withForwardFor(Base) {
    if (typeof Base !== 'function' || Base.prototype === undefined)
        throw wrongArgument('withForwardFor', 'a class', Base);
    class Forwarding extends Base {
        get forward_for() {
            return readOption(this, FORWARD_FOR);
        }
        set forward_for(hops) {
            writeOption(this, FORWARD_FOR, hops);
        }
        validateForwardChain(session) {
            const seen = new Set();
            if (session !== undefined && !isId(session)) {
                throw wrongArgument('validateForwardChain', 'an id (0 to 2^53)', session);
            }
            if (session !== undefined)
                seen.add(session);
            for (const [i, hop] of (this.forward_for ?? []).entries()) {
                if (!isId(hop?.session))
                    throw chainError(i, 'has no session id');
                if (!KINDS.hops.check([hop]))
                    throw chainError(i, 'has an authid or authrole that is no text');
                if (seen.has(hop.session))
                    throw chainError(i, `closes a loop at session ${hop.session}`);
                seen.add(hop.session);
            }
        }
        forward(hop) {
            const message = copyOf(this);
            setOption(message, FORWARD_FOR, [...(this.forward_for ?? []), hop]);
            return message;
        }
        addHop(hop) {
            this.forward_for = [...(this.forward_for ?? []), hop];
        }
        reverseChain() {
            return [...(this.forward_for ?? [])].reverse();
        }
        forwardOrigin() {
            return this.forward_for?.[0] ?? null;
        }
    }
    return Forwarding;
}
function chainError(i, text) {
    return new ProtocolError('BAD_MESSAGE', `forward_for[${i}] ${text}`, { path: `forward_for[${i}]` });
}
/** For constructors of applications' own classes: gives the mixin its slots, and the chain when there is one. */
export function initForwardFor(message, attributes) {
    if (!isObject(message))
        throw wrongArgument('initForwardFor', 'a message', message);
    if (!isObject(attributes))
        throw wrongArgument('initForwardFor', 'an object with attributes', attributes);
    const target = message;
    target._options ??= null;
    if (attributes.forward_for != null) {
        change(target);
        writeOption(target, FORWARD_FOR, attributes.forward_for);
    }
}
/** True for the 13 messages that carry forward_for. */
export function hasForwardFor(message) {
    return isObject(message) && 'validateForwardChain' in message;
}
