/** The messages of registering procedures. Specification: "Remote Procedure Calls". */
import { NO_PAYLOAD } from "../payload/payload.js";
import { build, writePosition } from "./build.js";
import { ControlMessage } from "./categories.js";
import { defineMessage } from "./define.js";
import { Message, Received } from "./message.js";
import { NO_INDEX } from "./options.js";
import { REGISTER, REGISTERED, UNREGISTER, UNREGISTERED } from "./tables.js";
/** REGISTER: A callee offers a procedure. */
export class Register extends ControlMessage {
    static { this.MESSAGE_TYPE = 64; }
    static { this.CATEGORY = 3; }
    static { this.TABLE = REGISTER; }
    constructor(from) {
        super();
        const received = from instanceof Received;
        this._request = received ? from.first : 0;
        this._procedure = received ? from.text : '';
        this._procedureRef = received ? from.ref : -1;
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
    /** The id of the request. */
    get request() {
        return this._request;
    }
    set request(request) {
        writePosition(this, 'request', request);
    }
    /** The procedure or the pattern, as a URI. */
    get procedure() {
        return this._procedure;
    }
    set procedure(procedure) {
        writePosition(this, 'procedure', procedure);
    }
    /** The number of the interned procedure; -1 without one. It never means another one (docs/router.md). */
    get procedureRef() {
        return this._procedureRef;
    }
}
defineMessage(Register, REGISTER);
/** REGISTERED: The dealer acknowledges a registration. */
export class Registered extends Message {
    static { this.MESSAGE_TYPE = 65; }
    static { this.CATEGORY = 1; }
    static { this.TABLE = REGISTERED; }
    constructor(from) {
        super();
        const received = from instanceof Received;
        this._request = received ? from.first : 0;
        this._registration = received ? from.second : 0;
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
    /** The id of the request. */
    get request() {
        return this._request;
    }
    set request(request) {
        writePosition(this, 'request', request);
    }
    /** The id of the registration. */
    get registration() {
        return this._registration;
    }
    set registration(registration) {
        writePosition(this, 'registration', registration);
    }
}
defineMessage(Registered, REGISTERED);
/** UNREGISTER: A callee takes back a procedure. */
export class Unregister extends ControlMessage {
    static { this.MESSAGE_TYPE = 66; }
    static { this.CATEGORY = 3; }
    static { this.TABLE = UNREGISTER; }
    constructor(from) {
        super();
        const received = from instanceof Received;
        this._request = received ? from.first : 0;
        this._registration = received ? from.second : 0;
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
    /** The id of the request. */
    get request() {
        return this._request;
    }
    set request(request) {
        writePosition(this, 'request', request);
    }
    /** The id of the registration. */
    get registration() {
        return this._registration;
    }
    set registration(registration) {
        writePosition(this, 'registration', registration);
    }
}
defineMessage(Unregister, UNREGISTER);
/** UNREGISTERED: The dealer acknowledges the end of a registration, or revokes one. */
export class Unregistered extends Message {
    static { this.MESSAGE_TYPE = 67; }
    static { this.CATEGORY = 1; }
    static { this.TABLE = UNREGISTERED; }
    constructor(from) {
        super();
        const received = from instanceof Received;
        this._request = received ? from.first : 0;
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
    /** The id of the request. */
    get request() {
        return this._request;
    }
    set request(request) {
        writePosition(this, 'request', request);
    }
}
defineMessage(Unregistered, UNREGISTERED);
