/** The messages that open, authenticate and close a session. Specification: "Sessions" and "Authentication". */
import { type Attributes } from './build.ts';
import { Message, Received } from './message.ts';
import type { MessageTable } from './table.ts';
import type { ClientRoles, RouterRoles } from './values.ts';
/** HELLO: A client asks to join a realm. */
export declare class Hello extends Message {
    static readonly MESSAGE_TYPE: 1;
    static readonly CATEGORY: 1;
    static readonly TABLE: MessageTable;
    _realm: string | null;
    /** The roles, each with its features: `{ caller: { features: { call_timeout: true } } }`. Key `roles`. */
    roles: ClientRoles;
    /** The authentication methods that the client offers, best first. Key `authmethods`. */
    authmethods: string[] | null;
    /** The authentication id. Key `authid`. */
    authid: string | null;
    /** The authentication role. Key `authrole`. */
    authrole: string | null;
    /** What the authentication method adds. Key `authextra`. */
    authextra: Record<string, unknown> | null;
    /** Whether the session may be resumed. Key `resumable`. */
    resumable: boolean | null;
    /** The session to resume. Key `resume-session`. */
    resume_session: number | null;
    /** The secret that allows to resume it. Key `resume-token`. */
    resume_token: string | null;
    /** The software at the other end, for people. Key `agent`. */
    agent: string | null;
    /** What the client says of its transport, for example `{ auth: ... }`. Key `transport`. */
    transport: Record<string, unknown> | null;
    constructor(from: Attributes<Hello, 'roles'> | Received);
    /** The realm to join; null when the client leaves it to the router. URI. */
    get realm(): string | null;
    set realm(realm: string | null);
}
/** WELCOME: The router opens the session. */
export declare class Welcome extends Message {
    static readonly MESSAGE_TYPE: 2;
    static readonly CATEGORY: 1;
    static readonly TABLE: MessageTable;
    _session: number;
    /** The realm that the session joined. */
    realm: string | null;
    /** The authentication id. Key `authid`. */
    authid: string | null;
    /** The authentication role. Key `authrole`. */
    authrole: string | null;
    /** The authentication method that was used. Key `authmethod`. */
    authmethod: string | null;
    /** Who authenticated. Key `authprovider`. */
    authprovider: string | null;
    /** What the authentication method adds. Key `authextra`. */
    authextra: Record<string, unknown> | null;
    /** Whether the session was resumed. Key `resumed`. */
    resumed: boolean | null;
    /** Whether the session may be resumed. Key `resumable`. */
    resumable: boolean | null;
    /** The secret that allows to resume the session later. Key `resume_token`. */
    resume_token: string | null;
    /** The software at the other end, for people. Key `agent`. */
    agent: string | null;
    /** The roles, each with its features: `{ caller: { features: { call_timeout: true } } }`. Key `roles`. */
    roles: RouterRoles;
    constructor(from: Attributes<Welcome, 'session' | 'roles'> | Received);
    /** The session id that the router gave. */
    get session(): number;
    set session(session: number);
}
/** ABORT: Either side refuses to open the session, or ends it for a violation of the protocol. */
export declare class Abort extends Message {
    static readonly MESSAGE_TYPE: 3;
    static readonly CATEGORY: 1;
    static readonly TABLE: MessageTable;
    _reason: string;
    /** A text for people. Key `message`. */
    message: string | null;
    constructor(from: Attributes<Abort, 'reason'> | Received);
    /** Why, as a URI. */
    get reason(): string;
    set reason(reason: string);
    /** Positional values that say more about the reason; null when there are none. */
    get args(): unknown[] | null;
    set args(args: unknown[] | null);
    /** Keyword values that say more about the reason; null when there are none. */
    get kwargs(): Record<string, unknown> | null;
    set kwargs(kwargs: Record<string, unknown> | null);
}
/** CHALLENGE: The router asks the client to authenticate. */
export declare class Challenge extends Message {
    static readonly MESSAGE_TYPE: 4;
    static readonly CATEGORY: 1;
    static readonly TABLE: MessageTable;
    _method: string;
    /** What the method needs beside; a dictionary, never null. */
    extra: Record<string, unknown>;
    constructor(from: Attributes<Challenge, 'method'> | Received);
    /** The authentication method that the challenge belongs to. */
    get method(): string;
    set method(method: string);
}
/** AUTHENTICATE: The client answers a challenge. */
export declare class Authenticate extends Message {
    static readonly MESSAGE_TYPE: 5;
    static readonly CATEGORY: 1;
    static readonly TABLE: MessageTable;
    _signature: string;
    /** What the method needs beside; a dictionary, never null. */
    extra: Record<string, unknown>;
    constructor(from: Attributes<Authenticate, 'signature'> | Received);
    /** The answer to the challenge. */
    get signature(): string;
    set signature(signature: string);
}
/** GOODBYE: Either side closes the session, or agrees. */
export declare class Goodbye extends Message {
    static readonly MESSAGE_TYPE: 6;
    static readonly CATEGORY: 1;
    static readonly TABLE: MessageTable;
    _reason: string;
    /** A text for people. Key `message`. */
    message: string | null;
    /** Whether the session may be resumed. Key `resumable`. */
    resumable: boolean | null;
    constructor(from?: Attributes<Goodbye, never> | Received);
    /** Why, as a URI. */
    get reason(): string;
    set reason(reason: string);
}
