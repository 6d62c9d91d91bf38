/** The messages that open, authenticate and close a session, as tables.ts says. */
import { defineTable, type MessageTable } from '../table.ts'

/** HELLO: A client asks to join a realm. @see Sessions */
export const HELLO: MessageTable = defineTable('HELLO', 1, 1, {
  positions: [
    /** The realm to join; null when the client leaves it to the router. */
    ['realm', 'realm'],
    ['details', 'options'],
  ],
  options: [
    /**
     * The roles, at least one, each with its features: `{ caller: { features: { call_timeout: true } } }`.
     * @see Role and Feature Announcement
     */
    ['roles', 'clientRoles', { isRequired: true }],
    /** The authentication methods that the client offers, best first. @see Authentication */
    ['authmethods', 'texts'],
    /** The authentication id. @see Authentication */
    ['authid', 'text'],
    /** The authentication role. @see Authentication */
    ['authrole', 'text'],
    /** What the authentication method adds. @see Authentication */
    ['authextra', 'dict'],
    /** Whether the session may be resumed. @see autobahn */
    ['resumable', 'bool'],
    /** The session to resume. @see autobahn */
    ['resume-session', 'int'],
    /** The secret that allows to resume it. @see autobahn */
    ['resume-token', 'text'],
    /** The software at the other end, for people. @see Agent Identification */
    ['agent', 'text'],
    /** What the client says of its transport, for example `{ auth: ... }`. @see Authentication */
    ['transport', 'dict'],
  ],
})

/** WELCOME: The router opens the session. @see Sessions */
export const WELCOME: MessageTable = defineTable('WELCOME', 2, 1, {
  positions: [
    /** The session id that the router gave. */
    ['session', 'id'],
    ['details', 'options'],
  ],
  options: [
    /** The realm that the session joined. @see Authentication */
    ['realm', 'textOrNull', { write: 'truthy' }],
    /** The authentication id. @see Authentication */
    ['authid', 'textOrNull', { write: 'truthy' }],
    /** The authentication role. @see Authentication */
    ['authrole', 'textOrNull', { write: 'truthy' }],
    /** The authentication method that was used. @see Authentication */
    ['authmethod', 'textOrNull', { write: 'truthy' }],
    /** Who authenticated. @see Authentication */
    ['authprovider', 'textOrNull', { write: 'truthy' }],
    /** What the authentication method adds. @see Authentication */
    ['authextra', 'dictOrNull', { write: 'truthy' }],
    /** Whether the session was resumed. @see autobahn */
    ['resumed', 'bool', { write: 'truthy' }],
    /** Whether the session may be resumed. @see autobahn */
    ['resumable', 'bool', { write: 'truthy' }],
    /** The secret that allows to resume the session later. @see autobahn */
    ['resume_token', 'text', { write: 'truthy' }],
    /** The software at the other end, for people. @see Agent Identification */
    ['agent', 'text'],
    /**
     * The roles, at least one, each with its features: `{ caller: { features: { call_timeout: true } } }`.
     * @see Role and Feature Announcement
     */
    ['roles', 'routerRoles', { isRequired: true }],
  ],
  customFirst: true,
})

/** ABORT: Either side refuses to open the session, or ends it for a violation of the protocol. @see Sessions */
export const ABORT: MessageTable = defineTable('ABORT', 3, 1, {
  positions: [
    ['details', 'options'],
    /** The reason. */
    ['reason', 'uri'],
  ],
  options: [
    /** A text for people. @see ABORT */
    ['message', 'text', { write: 'truthy' }],
  ],
  payload: 'args',
})

/** CHALLENGE: The router asks the client to authenticate. @see Authentication */
export const CHALLENGE: MessageTable = defineTable('CHALLENGE', 4, 1, {
  positions: [
    /** The authentication method that the challenge belongs to. */
    ['method', 'text'],
    /** What the method needs beside; a dictionary, never null. */
    ['extra', 'dict'],
  ],
  options: [['extra', 'dict']],
})

/** AUTHENTICATE: The client answers a challenge. @see Authentication */
export const AUTHENTICATE: MessageTable = defineTable('AUTHENTICATE', 5, 1, {
  positions: [
    /** The answer to the challenge. */
    ['signature', 'text'],
    /** What the method needs beside; a dictionary, never null. */
    ['extra', 'dict'],
  ],
  options: [['extra', 'dict']],
})

/** GOODBYE: Either side closes the session, or agrees. @see Sessions */
export const GOODBYE: MessageTable = defineTable('GOODBYE', 6, 1, {
  positions: [
    ['details', 'options'],
    /** The reason; absent means `wamp.close.normal`. */
    ['reason', 'uri', { absent: 'wamp.close.normal' }],
  ],
  options: [
    /** A text for people. @see GOODBYE */
    ['message', 'text', { write: 'truthy' }],
    /** Whether the session may be resumed. @see autobahn */
    ['resumable', 'bool', { write: 'truthy' }],
  ],
})

export const SESSION_TABLES: readonly MessageTable[] = [
  HELLO,
  WELCOME,
  ABORT,
  CHALLENGE,
  AUTHENTICATE,
  GOODBYE,
]
