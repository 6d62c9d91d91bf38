/** The messages that open, authenticate and close a session. Specification: "Sessions" and "Authentication". */
import { NO_PAYLOAD } from "../payload/payload.js";
import { build, setAbortPayload, writePosition } from "./build.js";
import { defineMessage } from "./define.js";
import { Message, Received } from "./message.js";
import { NO_INDEX } from "./options.js";
import { ABORT, AUTHENTICATE, CHALLENGE, GOODBYE, HELLO, WELCOME } from "./tables.js";
/** HELLO: A client asks to join a realm. */
export class Hello extends Message {
    static { this.MESSAGE_TYPE = 1; }
    static { this.CATEGORY = 1; }
    static { this.TABLE = HELLO; }
    constructor(from) {
        super();
        const received = from instanceof Received;
        this._realm = received ? from.text : null;
        this._frame = received ? from.frame : null;
        this._index = received ? from.index : NO_INDEX;
        this._options = null;
        this._custom = received ? undefined : null;
        this._payload = NO_PAYLOAD;
        this._trace = null;
        this._encoded = null;
        if (!received)
            build(this, from);
    }
    /** The realm to join; null when the client leaves it to the router. URI. */
    get realm() {
        return this._realm;
    }
    set realm(realm) {
        writePosition(this, 'realm', realm);
    }
}
defineMessage(Hello, HELLO);
/** WELCOME: The router opens the session. */
export class Welcome extends Message {
    static { this.MESSAGE_TYPE = 2; }
    static { this.CATEGORY = 1; }
    static { this.TABLE = WELCOME; }
    constructor(from) {
        super();
        const received = from instanceof Received;
        this._session = received ? from.first : 0;
        this._frame = received ? from.frame : null;
        this._index = received ? from.index : NO_INDEX;
        this._options = null;
        this._custom = received ? undefined : null;
        this._payload = NO_PAYLOAD;
        this._trace = null;
        this._encoded = null;
        if (!received)
            build(this, from);
    }
    /** The session id that the router gave. */
    get session() {
        return this._session;
    }
    set session(session) {
        writePosition(this, 'session', session);
    }
}
defineMessage(Welcome, WELCOME);
/** ABORT: Either side refuses to open the session, or ends it for a violation of the protocol. */
export class Abort extends Message {
    static { this.MESSAGE_TYPE = 3; }
    static { this.CATEGORY = 1; }
    static { this.TABLE = ABORT; }
    constructor(from) {
        super();
        const received = from instanceof Received;
        this._reason = received ? from.text : '';
        this._frame = received ? from.frame : null;
        this._index = received ? from.index : NO_INDEX;
        this._options = null;
        this._custom = received ? undefined : null;
        this._payload = received ? from.frame : NO_PAYLOAD;
        this._trace = null;
        this._encoded = null;
        if (!received)
            build(this, from);
    }
    /** Why, as a URI. */
    get reason() {
        return this._reason;
    }
    set reason(reason) {
        writePosition(this, 'reason', reason);
    }
    /** Positional values that say more about the reason; null when there are none. */
    get args() {
        return this._payload.readArgs();
    }
    set args(args) {
        setAbortPayload(this, args, this.kwargs);
    }
    /** Keyword values that say more about the reason; null when there are none. */
    get kwargs() {
        return this._payload.readKwargs();
    }
    set kwargs(kwargs) {
        setAbortPayload(this, this.args, kwargs);
    }
}
defineMessage(Abort, ABORT);
/** CHALLENGE: The router asks the client to authenticate. */
export class Challenge extends Message {
    static { this.MESSAGE_TYPE = 4; }
    static { this.CATEGORY = 1; }
    static { this.TABLE = CHALLENGE; }
    constructor(from) {
        super();
        const received = from instanceof Received;
        this._method = received ? from.text : '';
        this._frame = received ? from.frame : null;
        this._index = received ? from.index : NO_INDEX;
        this._options = null;
        this._custom = received ? undefined : null;
        this._payload = NO_PAYLOAD;
        this._trace = null;
        this._encoded = null;
        if (!received)
            build(this, from);
    }
    /** The authentication method that the challenge belongs to. */
    get method() {
        return this._method;
    }
    set method(method) {
        writePosition(this, 'method', method);
    }
}
defineMessage(Challenge, CHALLENGE);
/** AUTHENTICATE: The client answers a challenge. */
export class Authenticate extends Message {
    static { this.MESSAGE_TYPE = 5; }
    static { this.CATEGORY = 1; }
    static { this.TABLE = AUTHENTICATE; }
    constructor(from) {
        super();
        const received = from instanceof Received;
        this._signature = received ? from.text : '';
        this._frame = received ? from.frame : null;
        this._index = received ? from.index : NO_INDEX;
        this._options = null;
        this._custom = received ? undefined : null;
        this._payload = NO_PAYLOAD;
        this._trace = null;
        this._encoded = null;
        if (!received)
            build(this, from);
    }
    /** The answer to the challenge. */
    get signature() {
        return this._signature;
    }
    set signature(signature) {
        writePosition(this, 'signature', signature);
    }
}
defineMessage(Authenticate, AUTHENTICATE);
/** GOODBYE: Either side closes the session, or agrees. */
export class Goodbye extends Message {
    static { this.MESSAGE_TYPE = 6; }
    static { this.CATEGORY = 1; }
    static { this.TABLE = GOODBYE; }
    constructor(from = {}) {
        super();
        const received = from instanceof Received;
        this._reason = received ? from.text : 'wamp.close.normal';
        this._frame = received ? from.frame : null;
        this._index = received ? from.index : NO_INDEX;
        this._options = null;
        this._custom = received ? undefined : null;
        this._payload = NO_PAYLOAD;
        this._trace = null;
        this._encoded = null;
        if (!received)
            build(this, from);
    }
    /** Why, as a URI. */
    get reason() {
        return this._reason;
    }
    set reason(reason) {
        writePosition(this, 'reason', reason);
    }
}
defineMessage(Goodbye, GOODBYE);
