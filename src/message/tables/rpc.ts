/** The messages of Remote Procedure Calls, as tables.ts says. */
import { defineTable, type MessageTable } from '../table.ts'
import { CALLEE, CALLEE_NAMES, CALLER, CALLER_NAMES, FORWARDED, FORWARDING, PASSTHRU } from './shared.ts'

/** CALL: A caller calls a procedure. @see Remote Procedure Calls */
export const CALL: MessageTable = defineTable('CALL', 48, 4, {
  positions: [
    /** The id of the call. */
    ['request', 'id'],
    ['options', 'options'],
    /** The procedure. */
    ['procedure', 'uri', { isInterned: true }],
  ],
  options: [
    /** Milliseconds after which the call is canceled; 0 means never. @see Call Timeouts */
    ['timeout', 'uint'],
    /** Whether the caller takes progressive results. @see Progressive Call Results */
    ['receive_progress', 'bool'],
    /** A hash that identifies the transaction which the application makes. @see autobahn */
    ['transaction_hash', 'text'],
    /** Whether more invocations of this call follow; absent means no. @see Progressive Call Invocations */
    ['progress', 'bool'],
    /** Whether the router may tell who the sender is; absent means it may not. @see Caller Identification */
    ['disclose_me', 'bool'],
    /** `partition` runs the call on all shards. @see Sharded Registration */
    ['runmode', 'text'],
    /** The key that selects a shard. @see Sharded Registration */
    ['rkey', 'text'],
    ...PASSTHRU,
    ...CALLER,
    ...FORWARDING,
  ],
})

/** CANCEL: A caller cancels a call. @see Remote Procedure Calls */
export const CANCEL: MessageTable = defineTable('CANCEL', 49, 3, {
  positions: [
    /** The id of the call. */
    ['request', 'id'],
    ['options', 'options'],
  ],
  options: [
    /** How the call is canceled. @see Call Canceling */
    ['mode', 'cancelMode'],
    ...FORWARDING,
  ],
})

/** YIELD: A callee returns a result. @see Remote Procedure Calls */
export const YIELD: MessageTable = defineTable('YIELD', 70, 4, {
  positions: [
    /** The id of the invocation. */
    ['request', 'id'],
    ['options', 'options'],
  ],
  options: [
    /** Whether more results of this call follow; absent means no. @see Progressive Call Results */
    ['progress', 'bool'],
    ...CALLEE,
    ...FORWARDING,
    ...PASSTHRU,
  ],
})

/** RESULT: The dealer returns a result to the caller. @see Remote Procedure Calls */
export const RESULT: MessageTable = defineTable('RESULT', 50, 4, {
  positions: [
    /** The id of the call. */
    ['request', 'id'],
    ['details', 'options'],
  ],
  options: [
    /** Whether more results of this call follow; absent means no. @see Progressive Call Results */
    ['progress', 'bool'],
    ...CALLEE,
    ...FORWARDING,
    ...PASSTHRU,
  ],
  /**
   * The result of a call from what its callee has yielded.
   * @details What a dealer adds to a YIELD to make it a result.
   * @given request The id of the call.
   */
  from: { source: YIELD, carries: ['progress', ...FORWARDED], carriesLinked: CALLEE_NAMES },
})

/** REGISTER: A callee offers a procedure. @see Remote Procedure Calls */
export const REGISTER: MessageTable = defineTable('REGISTER', 64, 3, {
  positions: [
    /** The id of the request. */
    ['request', 'id'],
    ['options', 'options'],
    /** The procedure or the pattern. */
    ['procedure', 'uri', { isInterned: true }],
  ],
  options: [
    /** How the URI matches; absent means exact. @see Pattern-based Registration */
    ['match', 'match', { write: { unless: 'exact' }, absent: 'exact' }],
    /** Which callee of a shared registration is called; absent means single. @see Shared Registration */
    ['invoke', 'invoke', { write: { unless: 'single' }, absent: 'single' }],
    /** How many invocations may run at once, from 1. @see autobahn */
    ['concurrency', 'count', { write: 'truthy' }],
    /** Whether the registration replaces another one; absent means it does not. @see autobahn */
    ['force_reregister', 'bool'],
    /** Whether the callee asks for the caller's identity. @see Caller Identification */
    ['disclose_caller', 'bool'],
    /** Whether the callee takes over the timeout. @see Call Timeouts */
    ['forward_timeout', 'bool'],
    ...FORWARDING,
  ],
})

/** REGISTERED: The dealer acknowledges a registration. @see Remote Procedure Calls */
export const REGISTERED: MessageTable = defineTable('REGISTERED', 65, 1, {
  positions: [
    /** The id of the request. */
    ['request', 'id'],
    /** The id of the registration. */
    ['registration', 'id'],
  ],
})

/** UNREGISTER: A callee takes back a procedure. @see Remote Procedure Calls */
export const UNREGISTER: MessageTable = defineTable('UNREGISTER', 66, 3, {
  positions: [
    /** The id of the request. */
    ['request', 'id'],
    /** The id of the registration. */
    ['registration', 'id'],
    ['options', 'options?'],
  ],
  options: [['forward_for', 'hops', { write: 'truthy' }]],
})

/** UNREGISTERED: The dealer acknowledges the end of a registration, or revokes one. @see Remote Procedure Calls */
export const UNREGISTERED: MessageTable = defineTable('UNREGISTERED', 67, 1, {
  positions: [
    /** The id of the request. */
    ['request', 'id'],
    ['details', 'options?'],
  ],
  options: [
    /** Why the router revoked it. @see Registration Revocation */
    ['reason', 'uri'],
    /** The registration that the router revoked; only then, and the request is 0. @see Registration Revocation */
    ['registration', 'int'],
  ],
})

/** INVOCATION: The dealer invokes a procedure at the callee. @see Remote Procedure Calls */
export const INVOCATION: MessageTable = defineTable('INVOCATION', 68, 4, {
  positions: [
    /** The id of the invocation. */
    ['request', 'id'],
    /** The id of the registration. */
    ['registration', 'id'],
    ['details', 'options'],
  ],
  options: [
    /** Milliseconds after which the call is canceled; 0 means never. @see Call Timeouts */
    ['timeout', 'uint'],
    /** Whether the caller takes progressive results. @see Progressive Call Results */
    ['receive_progress', 'bool'],
    ...CALLER,
    /** The procedure that was called, for registrations of patterns. @see Pattern-based Registration */
    ['procedure', 'text'],
    /** A hash that identifies the transaction which the application makes. @see autobahn */
    ['transaction_hash', 'text'],
    /** Whether more invocations of this call follow; absent means no. @see Progressive Call Invocations */
    ['progress', 'bool'],
    /** How far the router trusts the sender, from 0. @see Call Trust Levels */
    ['trustlevel', 'int'],
    ...FORWARDING,
    ...PASSTHRU,
  ],
  /**
   * The invocation of a call.
   * @details What a dealer adds to a call to make it an invocation.
   * @given request The id of the invocation.
   * @given timeout Milliseconds: give it to callees that have registered with `forward_timeout`.
   */
  from: {
    source: CALL,
    carries: ['receive_progress', 'transaction_hash', 'progress', ...FORWARDED],
    carriesLinked: CALLER_NAMES,
  },
})

/** INTERRUPT: The dealer cancels an invocation. @see Remote Procedure Calls */
export const INTERRUPT: MessageTable = defineTable('INTERRUPT', 69, 3, {
  positions: [
    /** The id of the invocation. */
    ['request', 'id'],
    ['options', 'options'],
  ],
  options: [
    /** How the call is canceled. @see Call Canceling */
    ['mode', 'interruptMode'],
    /** Why the call is canceled. @see Call Canceling */
    ['reason', 'uri'],
    ...FORWARDING,
  ],
  /**
   * The interrupt of an invocation whose call is canceled.
   * @details What a dealer adds to a CANCEL to make it an interrupt.
   * @given request The id of the invocation.
   */
  from: { source: CANCEL, carries: ['mode', 'forward_for'] },
})

export const RPC_TABLES: readonly MessageTable[] = [
  CALL,
  CANCEL,
  RESULT,
  REGISTER,
  REGISTERED,
  UNREGISTER,
  UNREGISTERED,
  INVOCATION,
  INTERRUPT,
  YIELD,
]
