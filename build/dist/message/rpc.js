/** The messages of routed Remote Procedure Calls. Specification: "Remote Procedure Calls". */
import { NO_PAYLOAD } from "../payload/payload.js";
import { build, writePosition } from "./build.js";
import { ControlMessage, DataMessage } from "./categories.js";
import { defineMessage } from "./define.js";
import { derivation, derive, derivedIds, notDerivable, setOption } from "./derive.js";
import { Received } from "./message.js";
import { NO_INDEX } from "./options.js";
import { CALL, CANCEL, INTERRUPT, INVOCATION, RESULT, YIELD } from "./tables.js";
/** CALL: A caller calls a procedure. */
export class Call extends DataMessage {
    static { this.MESSAGE_TYPE = 48; }
    static { this.CATEGORY = 4; }
    static { this.TABLE = CALL; }
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
        this._payload = received ? from.frame : NO_PAYLOAD;
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
    /** The procedure, as a URI. */
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
defineMessage(Call, CALL);
/** CANCEL: A caller cancels a call. */
export class Cancel extends ControlMessage {
    static { this.MESSAGE_TYPE = 49; }
    static { this.CATEGORY = 3; }
    static { this.TABLE = CANCEL; }
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
defineMessage(Cancel, CANCEL);
const RESULT_OF_YIELD = derivation(YIELD, RESULT, ['request']);
/** RESULT: The dealer returns a result to the caller. */
export class Result extends DataMessage {
    static { this.MESSAGE_TYPE = 50; }
    static { this.CATEGORY = 4; }
    static { this.TABLE = RESULT; }
    constructor(from) {
        super();
        const received = from instanceof Received;
        this._request = received ? from.first : 0;
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
    /**
     * The result of a call from what its callee has yielded: the payload is shared; progress, forward_for, payload
     * attributes and custom keys `x_...` and `_...` are carried over, and the callee when the message came over a
     * router-to-router link. `result` gives the rest, and takes away what it gives as null.
     */
    static from(yield_, result) {
        if (!(yield_ instanceof Yield) || result == null)
            throw notDerivable(yield_, result, RESULT_OF_YIELD);
        const message = new Result(derivedIds(RESULT, result.request, 0));
        derive(message, yield_, result, RESULT_OF_YIELD);
        return message;
    }
    /** The id of the request. */
    get request() {
        return this._request;
    }
    set request(request) {
        writePosition(this, 'request', request);
    }
}
defineMessage(Result, RESULT);
const INVOCATION_OF_CALL = derivation(CALL, INVOCATION, ['request', 'registration']);
/** INVOCATION: The dealer invokes a procedure at the callee. */
export class Invocation extends DataMessage {
    static { this.MESSAGE_TYPE = 68; }
    static { this.CATEGORY = 4; }
    static { this.TABLE = INVOCATION; }
    constructor(from) {
        super();
        const received = from instanceof Received;
        this._request = received ? from.first : 0;
        this._registration = received ? from.second : 0;
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
    /**
     * The invocation of a call: the payload is shared; progress, receive_progress, transaction_hash, forward_for, payload
     * attributes and custom keys `x_...` and `_...` are carried over, and the caller when the message came over a
     * router-to-router link. `invocation` gives the rest, and takes away what it gives as null.
     */
    static from(call, invocation) {
        if (!(call instanceof Call) || invocation == null)
            throw notDerivable(call, invocation, INVOCATION_OF_CALL);
        const message = new Invocation(derivedIds(INVOCATION, invocation.request, invocation.registration));
        derive(message, call, invocation, INVOCATION_OF_CALL);
        return message;
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
defineMessage(Invocation, INVOCATION);
const INTERRUPT_OF_CANCEL = derivation(CANCEL, INTERRUPT, ['request']);
const MODE = INTERRUPT.options.findIndex(({ attribute }) => attribute === 'mode');
/** INTERRUPT: The dealer cancels an invocation. */
export class Interrupt extends ControlMessage {
    static { this.MESSAGE_TYPE = 69; }
    static { this.CATEGORY = 3; }
    static { this.TABLE = INTERRUPT; }
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
    /**
     * The interrupt of an invocation whose call is canceled: mode, forward_for and custom keys `x_...` and `_...` are
     * carried over, except for the mode `skip`, which callees do not know. `interrupt` gives the rest, and takes away
     * what it gives as null.
     */
    static from(cancel, interrupt) {
        if (!(cancel instanceof Cancel) || interrupt == null) {
            throw notDerivable(cancel, interrupt, INTERRUPT_OF_CANCEL);
        }
        const message = new Interrupt(derivedIds(INTERRUPT, interrupt.request, 0));
        derive(message, cancel, interrupt, INTERRUPT_OF_CANCEL);
        const { mode } = cancel;
        if (interrupt.mode === undefined && mode !== null && mode !== 'skip')
            setOption(message, MODE, mode);
        return message;
    }
    /** The id of the request. */
    get request() {
        return this._request;
    }
    set request(request) {
        writePosition(this, 'request', request);
    }
}
defineMessage(Interrupt, INTERRUPT);
/** YIELD: A callee returns a result. */
export class Yield extends DataMessage {
    static { this.MESSAGE_TYPE = 70; }
    static { this.CATEGORY = 4; }
    static { this.TABLE = YIELD; }
    constructor(from) {
        super();
        const received = from instanceof Received;
        this._request = received ? from.first : 0;
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
    /** The id of the request. */
    get request() {
        return this._request;
    }
    set request(request) {
        writePosition(this, 'request', request);
    }
}
defineMessage(Yield, YIELD);
