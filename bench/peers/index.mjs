/**
 * The decoders and encoders that we are compared with, by format, each with its best options for WAMP: plain objects,
 * plain numbers, no record extension. A peer has
 *
 * - `addon`: true when its native addon is loaded, false when it has one that is not, null when it has none here;
 * - `tier`: `best` in every case, `other` and `shipped` (as the WAMP clients ship it) where all are shown;
 * - `quirk`: in what its values differ from everybody's, which the proof then allows.
 */
import { libraryOf } from '../harness/verdict.mjs'
import { CBOR_PEERS } from './cbor.mjs'
import { JSON_PEERS, JSON_TEXT_PEERS } from './json.mjs'
import { MSGPACK_PEERS } from './msgpack.mjs'

export const PEERS = {
  cbor: CBOR_PEERS,
  msgpack: MSGPACK_PEERS,
  json: JSON_PEERS,
  'json-text': JSON_TEXT_PEERS,
}

/** Peers of a format: the best ones, or with `all` everybody. */
export function peersOf(format, all = false) {
  return PEERS[format].filter(({ tier }) => all || tier === 'best')
}

/** The best encoders of a format: addons only read, so a peer without its addon writes as it does with it. */
export function writersOf(format) {
  const encoders = new Map(
    peersOf(format)
      .map((peer) => [libraryOf(peer.name), peer])
      .reverse(),
  )
  return [...encoders.values()].reverse()
}

/** Whether the addons are loaded: without them the peers are several times slower at text. */
export const ADDONS = Object.fromEntries(
  Object.values(PEERS)
    .flat()
    .filter(({ addon, tier }) => addon !== null && tier === 'best')
    .map(({ name, addon }) => [name, addon]),
)
