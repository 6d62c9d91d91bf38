/** The messages of routed Remote Procedure Calls. Specification: "Remote Procedure Calls". */
import { type Attributes } from './build.ts';
import { ControlMessage, DataMessage } from './categories.ts';
import { Received } from './message.ts';
import type { MessageTable } from './table.ts';
import type { CancelMode, InterruptMode } from './values.ts';
import type { Hop } from './with-forward-for.ts';
/** CALL: A caller calls a procedure. */
export declare class Call extends DataMessage {
    static readonly MESSAGE_TYPE: 48;
    static readonly CATEGORY: 4;
    static readonly TABLE: MessageTable;
    _request: number;
    _procedure: string;
    _procedureRef: number;
    /** Milliseconds after which the call is canceled; 0 means never. Key `timeout`. */
    timeout: number | null;
    /** Whether the caller takes progressive results. Key `receive_progress`. */
    receive_progress: boolean | null;
    /** A hash that identifies the transaction which the application makes. Key `transaction_hash`. */
    transaction_hash: string | null;
    /** Whether more follow: of results, or of invocations of one call. Key `progress`. */
    progress: boolean | null;
    /** Whether the router may tell who the sender is. Key `disclose_me`. */
    disclose_me: boolean | null;
    /** `partition` runs the call on all shards. Key `runmode`. */
    runmode: string | null;
    /** The key that selects a shard. Key `rkey`. */
    rkey: string | null;
    /** The session id of the caller. Key `caller`. */
    caller: number | null;
    /** The authentication id of the caller. Key `caller_authid`. */
    caller_authid: string | null;
    /** The authentication role of the caller. Key `caller_authrole`. */
    caller_authrole: string | null;
    constructor(from: Attributes<Call, 'request' | 'procedure'> | Received);
    /** The id of the request. */
    get request(): number;
    set request(request: number);
    /** The procedure, as a URI. */
    get procedure(): string;
    set procedure(procedure: string);
    /** The number of the interned procedure; -1 without one. It never means another one (docs/router.md). */
    get procedureRef(): number;
}
/** CANCEL: A caller cancels a call. */
export declare class Cancel extends ControlMessage {
    static readonly MESSAGE_TYPE: 49;
    static readonly CATEGORY: 3;
    static readonly TABLE: MessageTable;
    _request: number;
    /** How to cancel: `skip`, `kill` or `killnowait`. Key `mode`. */
    mode: CancelMode | null;
    constructor(from: Attributes<Cancel, 'request'> | Received);
    /** The id of the request. */
    get request(): number;
    set request(request: number);
}
/** What a dealer adds to a YIELD to make it a result. */
export interface ResultDetails {
    /** The id of the call. */
    request: number;
    callee?: number | null | undefined;
    callee_authid?: string | null | undefined;
    callee_authrole?: string | null | undefined;
    progress?: boolean | null | undefined;
    forward_for?: Hop[] | null | undefined;
}
/** RESULT: The dealer returns a result to the caller. */
export declare class Result extends DataMessage {
    static readonly MESSAGE_TYPE: 50;
    static readonly CATEGORY: 4;
    static readonly TABLE: MessageTable;
    _request: number;
    /** Whether more follow: of results, or of invocations of one call. Key `progress`. */
    progress: boolean | null;
    /** The session id of the callee. Key `callee`. */
    callee: number | null;
    /** The authentication id of the callee. Key `callee_authid`. */
    callee_authid: string | null;
    /** The authentication role of the callee. Key `callee_authrole`. */
    callee_authrole: string | null;
    constructor(from: Attributes<Result, 'request'> | Received);
    /**
     * The result of a call from what its callee has yielded: the payload is shared; progress, forward_for, payload
     * attributes and custom keys `x_...` and `_...` are carried over, and the callee when the message came over a
     * router-to-router link. `result` gives the rest, and takes away what it gives as null.
     */
    static from(yield_: Yield, result: ResultDetails): Result;
    /** The id of the request. */
    get request(): number;
    set request(request: number);
}
/** What a dealer adds to a call to make it an invocation. */
export interface InvocationDetails {
    /** The id of the invocation. */
    request: number;
    registration: number;
    /** Who calls, when that is disclosed. */
    caller?: number | null | undefined;
    caller_authid?: string | null | undefined;
    caller_authrole?: string | null | undefined;
    /** Give it to registrations of patterns. */
    procedure?: string | null | undefined;
    /** Give it to callees that have registered with `forward_timeout`. */
    timeout?: number | null | undefined;
    progress?: boolean | null | undefined;
    receive_progress?: boolean | null | undefined;
    trustlevel?: number | null | undefined;
    forward_for?: Hop[] | null | undefined;
}
/** INVOCATION: The dealer invokes a procedure at the callee. */
export declare class Invocation extends DataMessage {
    static readonly MESSAGE_TYPE: 68;
    static readonly CATEGORY: 4;
    static readonly TABLE: MessageTable;
    _request: number;
    _registration: number;
    /** Milliseconds after which the call is canceled; 0 means never. Key `timeout`. */
    timeout: number | null;
    /** Whether the caller takes progressive results. Key `receive_progress`. */
    receive_progress: boolean | null;
    /** The session id of the caller. Key `caller`. */
    caller: number | null;
    /** The authentication id of the caller. Key `caller_authid`. */
    caller_authid: string | null;
    /** The authentication role of the caller. Key `caller_authrole`. */
    caller_authrole: string | null;
    /** The procedure that was called, for registrations of patterns. Key `procedure`. */
    procedure: string | null;
    /** A hash that identifies the transaction which the application makes. Key `transaction_hash`. */
    transaction_hash: string | null;
    /** Whether more follow: of results, or of invocations of one call. Key `progress`. */
    progress: boolean | null;
    /** How far the router trusts the sender, from 0. Key `trustlevel`. */
    trustlevel: number | null;
    constructor(from: Attributes<Invocation, 'request' | 'registration'> | Received);
    /**
     * The invocation of a call: the payload is shared; progress, receive_progress, transaction_hash, forward_for, payload
     * attributes and custom keys `x_...` and `_...` are carried over, and the caller when the message came over a
     * router-to-router link. `invocation` gives the rest, and takes away what it gives as null.
     */
    static from(call: Call, invocation: InvocationDetails): Invocation;
    /** The id of the request. */
    get request(): number;
    set request(request: number);
    /** The id of the registration. */
    get registration(): number;
    set registration(registration: number);
}
/** What a dealer adds to a CANCEL to make it an interrupt. */
export interface InterruptDetails {
    /** The id of the invocation. */
    request: number;
    mode?: InterruptMode | null | undefined;
    reason?: string | null | undefined;
    forward_for?: Hop[] | null | undefined;
}
/** INTERRUPT: The dealer cancels an invocation. */
export declare class Interrupt extends ControlMessage {
    static readonly MESSAGE_TYPE: 69;
    static readonly CATEGORY: 3;
    static readonly TABLE: MessageTable;
    _request: number;
    /** How the call is canceled: `kill` or `killnowait`. Key `mode`. */
    mode: InterruptMode | null;
    /** Why the call is canceled, as a URI. */
    reason: string | null;
    constructor(from: Attributes<Interrupt, 'request'> | Received);
    /**
     * The interrupt of an invocation whose call is canceled: mode, forward_for and custom keys `x_...` and `_...` are
     * carried over, except for the mode `skip`, which callees do not know. `interrupt` gives the rest, and takes away
     * what it gives as null.
     */
    static from(cancel: Cancel, interrupt: InterruptDetails): Interrupt;
    /** The id of the request. */
    get request(): number;
    set request(request: number);
}
/** YIELD: A callee returns a result. */
export declare class Yield extends DataMessage {
    static readonly MESSAGE_TYPE: 70;
    static readonly CATEGORY: 4;
    static readonly TABLE: MessageTable;
    _request: number;
    /** Whether more follow: of results, or of invocations of one call. Key `progress`. */
    progress: boolean | null;
    /** The session id of the callee. Key `callee`. */
    callee: number | null;
    /** The authentication id of the callee. Key `callee_authid`. */
    callee_authid: string | null;
    /** The authentication role of the callee. Key `callee_authrole`. */
    callee_authrole: string | null;
    constructor(from: Attributes<Yield, 'request'> | Received);
    /** The id of the request. */
    get request(): number;
    set request(request: number);
}
