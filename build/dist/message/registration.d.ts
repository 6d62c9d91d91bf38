/** The messages of registering procedures. Specification: "Remote Procedure Calls". */
import { type Attributes } from './build.ts';
import { ControlMessage } from './categories.ts';
import { Message, Received } from './message.ts';
import type { MessageTable } from './table.ts';
import type { Invoke, Match } from './values.ts';
/** REGISTER: A callee offers a procedure. */
export declare class Register extends ControlMessage {
    static readonly MESSAGE_TYPE: 64;
    static readonly CATEGORY: 3;
    static readonly TABLE: MessageTable;
    _request: number;
    _procedure: string;
    _procedureRef: number;
    /** How the URI matches: `exact`, `prefix` or `wildcard`; absent means exact. Key `match`. */
    match: Match;
    /**
     * Which callee of a shared registration is called: `single`, `first`, `last`, `roundrobin` or `random`; absent means
     * single. Key `invoke`.
     */
    invoke: Invoke;
    /** How many invocations may run at once, from 1. Key `concurrency`. */
    concurrency: number | null;
    /** Whether the registration replaces another one. Key `force_reregister`. */
    force_reregister: boolean | null;
    /** Whether the callee asks for the caller's identity. Key `disclose_caller`. */
    disclose_caller: boolean | null;
    /** Whether the callee takes over the timeout. Key `forward_timeout`. */
    forward_timeout: boolean | null;
    constructor(from: Attributes<Register, 'request' | 'procedure'> | Received);
    /** The id of the request. */
    get request(): number;
    set request(request: number);
    /** The procedure or the pattern, as a URI. */
    get procedure(): string;
    set procedure(procedure: string);
    /** The number of the interned procedure; -1 without one. It never means another one (docs/router.md). */
    get procedureRef(): number;
}
/** REGISTERED: The dealer acknowledges a registration. */
export declare class Registered extends Message {
    static readonly MESSAGE_TYPE: 65;
    static readonly CATEGORY: 1;
    static readonly TABLE: MessageTable;
    _request: number;
    _registration: number;
    constructor(from: Attributes<Registered, 'request' | 'registration'> | Received);
    /** The id of the request. */
    get request(): number;
    set request(request: number);
    /** The id of the registration. */
    get registration(): number;
    set registration(registration: number);
}
/** UNREGISTER: A callee takes back a procedure. */
export declare class Unregister extends ControlMessage {
    static readonly MESSAGE_TYPE: 66;
    static readonly CATEGORY: 3;
    static readonly TABLE: MessageTable;
    _request: number;
    _registration: number;
    constructor(from: Attributes<Unregister, 'request' | 'registration'> | Received);
    /** The id of the request. */
    get request(): number;
    set request(request: number);
    /** The id of the registration. */
    get registration(): number;
    set registration(registration: number);
}
/** UNREGISTERED: The dealer acknowledges the end of a registration, or revokes one. */
export declare class Unregistered extends Message {
    static readonly MESSAGE_TYPE: 67;
    static readonly CATEGORY: 1;
    static readonly TABLE: MessageTable;
    _request: number;
    /** Why the router revoked it, as a URI. */
    reason: string | null;
    /** The registration that the router revoked; only then, and the request is 0. Key `registration`. */
    registration: number | null;
    constructor(from: Attributes<Unregistered, 'request'> | Received);
    /** The id of the request. */
    get request(): number;
    set request(request: number);
}
