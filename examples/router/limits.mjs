/**
 * What the router allows a peer. Every number bounds what one peer can cost the others; a router that knows its clients
 * gives other ones to `createRouter({ limits })`.
 */

/** @typedef {typeof LIMITS} Limits */

export const LIMITS = {
  /** Bytes of a message that comes in. */
  maxMessageBytes: 4 * 1024 * 1024,
  /** Milliseconds from the first byte to the end of the handshake of WebSocket or RawSocket. */
  handshakeMs: 10_000,
  /** Milliseconds from there to the end of WAMP's own: HELLO, CHALLENGE, AUTHENTICATE. */
  helloMs: 10_000,
  /** Milliseconds between PINGs; a peer that does not answer is cut off. */
  pingMs: 30_000,
  maxConnections: 10_000,
  /** Bytes that wait for a peer before the router stops reading from it. */
  pausedBytes: 1024 * 1024,
  /** Milliseconds that such a peer has to take all of them. */
  pausedMs: 30_000,
  /** Bytes that wait for a peer before it is cut off at once. */
  maxBufferedBytes: 16 * 1024 * 1024,
  /** Characters of a topic or procedure. */
  maxUriLength: 1024,
  /** Subscriptions and registrations of one session, and how many of them may be patterns. */
  maxEntries: 20_000,
  maxPatterns: 1000,
  /** Calls of one session that are not answered yet. */
  maxCalls: 10_000,
  /** Retained events of a realm: topics, and bytes of their messages. */
  maxRetained: 10_000,
  maxRetainedBytes: 64 * 1024 * 1024,
}

/** More components in a wildcard pattern would only make matching slow. */
const MAX_COMPONENTS = 64

/**
 * Why a session may not have one more subscription or registration; null when it may.
 *
 * @param {Limits} limits
 * @param {{ patterns: number }} session
 * @param {number} entries how many of the kind it has
 * @param {import('wamp-codec').Match} match
 * @param {string} uri
 */
export function whyNoMore(limits, { patterns }, entries, match, uri) {
  if (uri.length > limits.maxUriLength) return 'wamp.error.invalid_uri'
  if (match === 'wildcard' && uri.split('.').length > MAX_COMPONENTS) return 'wamp.error.invalid_uri'
  if (entries >= limits.maxEntries) return 'wamp.error.unavailable'
  if (match !== 'exact' && patterns >= limits.maxPatterns) return 'wamp.error.unavailable'
  return null
}

/**
 * Whether a URI is the router's own: clients may not publish or register in `wamp.`.
 *
 * @param {string} uri
 */
export function isReserved(uri) {
  return uri.startsWith('wamp.')
}
