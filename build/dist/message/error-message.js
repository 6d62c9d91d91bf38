/** ERROR, the answer to any request that failed. Specification: "ERROR". */
import { checkOptions, isObject, nameOf, wrongArgument } from "../arguments.js";
import { NO_PAYLOAD } from "../payload/payload.js";
import { build, writePosition } from "./build.js";
import { DataMessage } from "./categories.js";
import { defineMessage } from "./define.js";
import { derivation, derive, derivedIds, notDerivable } from "./derive.js";
import { Message, Received } from "./message.js";
import { NO_INDEX } from "./options.js";
import { REQUEST_TYPES } from "./table.js";
import { ERROR } from "./tables.js";
// Routers copy the details of an ERROR as they are.
const ERROR_OF_ERROR = derivation(ERROR, ERROR, ['request_type', 'request'], 'always');
/** ERROR: The answer to a request that failed. */
export class ErrorMessage extends DataMessage {
    static { this.MESSAGE_TYPE = 8; }
    static { this.CATEGORY = 4; }
    static { this.TABLE = ERROR; }
    constructor(from) {
        super();
        const received = from instanceof Received;
        this._request_type = received ? from.requestType : 0;
        this._request = received ? from.first : 0;
        this._error = received ? from.text : '';
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
     * The same error as the answer to another request: the payload is shared; error, callee, forward_for, payload
     * attributes and custom keys `x_...` and `_...` are carried over. `answer` gives the rest, and takes away what it
     * gives as null.
     */
    static from(error, answer) {
        if (!(error instanceof ErrorMessage) || answer == null)
            throw notDerivable(error, answer, ERROR_OF_ERROR);
        const { request_type, request } = answer;
        checkRequestType(request_type);
        const message = new ErrorMessage(derivedIds(ERROR, request, 0, request_type, error._error));
        derive(message, error, answer, ERROR_OF_ERROR);
        return message;
    }
    /**
     * The answer to a request that failed, or to one that could not be decoded. Throws TypeError for what cannot be
     * answered (a message that is no request, an error that does not know its request), InvalidUriError for `uri`.
     */
    static reply(to, uri, payload = {}) {
        if (!isObject(to))
            throw wrongArgument('ERROR.reply', 'a message or an error', to);
        checkOptions('ERROR.reply', payload, ['args', 'kwargs']);
        const { args, kwargs } = payload;
        const isMessage = to instanceof Message;
        const request_type = isMessage ? to.table.code : to.request_type;
        const request = isMessage ? to.request : to.request;
        if (request_type === null || request == null) {
            throw new TypeError('ERROR: this error does not know the request that it answers');
        }
        checkRequestType(request_type);
        return new ErrorMessage({ request_type, request, error: uri, args, kwargs });
    }
    /** The code of the request that failed: 16, 32, 34, 48, 64, 66 or 68. */
    get request_type() {
        return this._request_type;
    }
    set request_type(request_type) {
        writePosition(this, 'request_type', request_type);
    }
    /** The id of the request that failed. */
    get request() {
        return this._request;
    }
    set request(request) {
        writePosition(this, 'request', request);
    }
    /** What went wrong, as a URI. */
    get error() {
        return this._error;
    }
    set error(error) {
        writePosition(this, 'error', error);
    }
}
defineMessage(ErrorMessage, ERROR);
function checkRequestType(request_type) {
    if (REQUEST_TYPES.includes(request_type))
        return;
    throw new TypeError(`ERROR: expected one of ${REQUEST_TYPES.join(', ')} for request_type, got ${nameOf(request_type)}`);
}
