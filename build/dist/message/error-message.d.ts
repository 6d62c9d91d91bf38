/** ERROR, the answer to any request that failed. Specification: "ERROR". */
import type { ProtocolError } from '../errors.ts';
import { type Attributes } from './build.ts';
import { DataMessage } from './categories.ts';
import { Message, Received } from './message.ts';
import { type MessageTable } from './table.ts';
import type { Hop } from './with-forward-for.ts';
/** What a dealer changes in the ERROR of a callee to make it that of a caller. */
export interface ErrorAnswer {
    /** What the caller has sent: 48. */
    request_type: number;
    /** The id of the call. */
    request: number;
    callee?: number | null | undefined;
    callee_authid?: string | null | undefined;
    callee_authrole?: string | null | undefined;
    forward_for?: Hop[] | null | undefined;
}
/** ERROR: The answer to a request that failed. */
export declare class ErrorMessage extends DataMessage {
    static readonly MESSAGE_TYPE: 8;
    static readonly CATEGORY: 4;
    static readonly TABLE: MessageTable;
    _request_type: number;
    _request: number;
    _error: string;
    /** The session id of the callee. Key `callee`. */
    callee: number | null;
    /** The authentication id of the callee. Key `callee_authid`. */
    callee_authid: string | null;
    /** The authentication role of the callee. Key `callee_authrole`. */
    callee_authrole: string | null;
    constructor(from: Attributes<ErrorMessage, 'request_type' | 'request' | 'error'> | Received);
    /**
     * The same error as the answer to another request: the payload is shared; error, callee, forward_for, payload
     * attributes and custom keys `x_...` and `_...` are carried over. `answer` gives the rest, and takes away what it
     * gives as null.
     */
    static from(error: ErrorMessage, answer: ErrorAnswer): ErrorMessage;
    /**
     * The answer to a request that failed, or to one that could not be decoded. Throws TypeError for what cannot be
     * answered (a message that is no request, an error that does not know its request), InvalidUriError for `uri`.
     */
    static reply(to: Message | ProtocolError, uri: string, payload?: {
        args?: unknown[] | null | undefined;
        kwargs?: Record<string, unknown> | null | undefined;
    }): ErrorMessage;
    /** The code of the request that failed: 16, 32, 34, 48, 64, 66 or 68. */
    get request_type(): number;
    set request_type(request_type: number);
    /** The id of the request that failed. */
    get request(): number;
    set request(request: number);
    /** What went wrong, as a URI. */
    get error(): string;
    set error(error: string);
}
