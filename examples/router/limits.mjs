/**
 * What the router allows a peer. Every number bounds what one peer can cost the others; who knows the clients better
 * gives other ones to `new Router({ limits })`.
 */
/** @import { Limits, Match } from './types.d.ts' */

export const LIMITS = {
  /** Bytes of a message that comes in. */
  maxMessageBytes: 4 * 1024 * 1024,
  maxConnections: 10_000,
  /** Milliseconds from the first byte to the end of the handshake of WebSocket or RawSocket. */
  handshakeMs: 10_000,
  /** Milliseconds from there to WELCOME. */
  helloMs: 10_000,
  /** Milliseconds between PINGs; a peer that does not answer is cut off. */
  pingMs: 30_000,
  /** Bytes that wait for a peer before the router stops reading from it, and the milliseconds that it may take then. */
  pausedBytes: 1024 * 1024,
  pausedMs: 30_000,
  /** Bytes that wait for a peer before it is cut off at once. One frame has half of them at most. */
  maxBufferedBytes: 16 * 1024 * 1024,
  /** Characters of a topic or procedure. */
  maxUriLength: 1024,
  /** Subscriptions, and registrations, of one session; and prefixes among them, of which a wildcard counts as ten. */
  maxEntries: 20_000,
  maxPatterns: 1000,
  /** Calls of one session that are not answered yet. */
  maxCalls: 10_000,
  /** Bytes of them that are kept: whole calls for another callee, the options of calls in parts. */
  maxKeptBytes: 16 * 1024 * 1024,
  /** Retained events of a realm: topics, and bytes of their messages and lists. */
  maxRetained: 10_000,
  maxRetainedBytes: 64 * 1024 * 1024,
}

/** More components in a wildcard pattern would only make matching slow: a publication looks at each of them. */
const MAX_COMPONENTS = 16
/** How many patterns a subscription or registration counts as: it costs every publication or call as much. */
export const PATTERN_COST = { exact: 0, prefix: 1, wildcard: 10 }

/**
 * Why a session may not have one more subscription or registration beside `count` others; null when it may.
 *
 * @type {(limits: Limits, session: { patterns: number }, count: number, match: Match, uri: string) => string | null}
 */
export function whyNoMore(limits, { patterns }, count, match, uri) {
  if (uri.length > limits.maxUriLength) return 'wamp.error.invalid_uri'
  if (match === 'wildcard' && uri.split('.').length > MAX_COMPONENTS) return 'wamp.error.invalid_uri'
  const isFull = PATTERN_COST[match] > 0 && patterns + PATTERN_COST[match] > limits.maxPatterns
  return isFull || count >= limits.maxEntries ? 'wamp.error.unavailable' : null
}

/** Whether a URI is the router's own: clients may not publish or register there. @param {string} uri */
export function isReserved(uri) {
  return uri === 'wamp' || uri.startsWith('wamp.')
}
