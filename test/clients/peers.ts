/** Each client with each serializer that it can take, on list codecs of both kinds. */

import { autobahnOptions } from '../../src/clients/autobahn.ts'
import { kraftfahrstrasseOptions } from '../../src/clients/kraftfahrstrasse.ts'
import type { ListFormat, ListPreset } from '../../src/clients/presets.ts'
import { wampyOptions } from '../../src/clients/wampy.ts'
import { createCodec, type ListCodec } from '../../src/index.ts'
import { createLists } from '../../src/lists/index.ts'
import type { Join, Peer } from './peer.ts'
import { joinAutobahn22, joinAutobahn26 } from './peer-autobahn.ts'
import { joinKraftfahrstrasse } from './peer-kraftfahrstrasse.ts'
import { joinWampy } from './peer-wampy.ts'

interface Client {
  readonly name: string
  readonly join: Join
  options(format: ListFormat): ListPreset
}

export const CLIENTS: readonly Client[] = [
  { name: 'autobahn 26', join: joinAutobahn26, options: autobahnOptions },
  { name: 'autobahn 22', join: joinAutobahn22, options: autobahnOptions },
  { name: 'wampy', join: joinWampy, options: wampyOptions },
  { name: 'kraftfahrstrasse', join: joinKraftfahrstrasse, options: kraftfahrstrasseOptions },
]

/** A client with a serializer, ready to join. */
export interface PeerKind {
  /** For example `wampy, cbor by codec.lists`. */
  readonly name: string
  /** What its application sees. */
  readonly options: ListPreset
  join(url: string, realm: string): Promise<Peer>
}

const codec = createCodec()

type Make = (format: ListFormat, options: ListPreset) => ListCodec

const withKernel: Make = (format, options) => codec.lists(format, options)
const withoutKernel: Make = (format, options) => createLists(format as 'json' | 'msgpack' | 'cbor', options)

const KINDS: readonly (readonly [maker: string, make: Make, formats: readonly ListFormat[]])[] = [
  ['codec.lists', withKernel, ['json', 'msgpack', 'cbor', 'ubjson']],
  ['createLists', withoutKernel, ['json', 'msgpack', 'cbor']],
]

export const PEERS: readonly PeerKind[] = KINDS.flatMap(([maker, make, formats]) =>
  formats.flatMap((format) =>
    CLIENTS.map(({ name, join, options }): PeerKind => {
      const preset = options(format)
      return {
        name: `${name}, ${format} by ${maker}`,
        options: preset,
        join: (url, realm) => join(url, realm, make(format, preset)),
      }
    }),
  ),
)

/** A sender and a receiver, by their places in PEERS. */
export interface Row {
  readonly from: number
  readonly to: number
  readonly name: string
}

/** In a ring of this step both the client and the format change, and everyone is met once as sender and as receiver. */
const STEP = 5

/** Every peer once as sender and once as receiver, or with WAMP_CODEC_DEEP=1 every pair. */
export const ROWS: readonly Row[] = PEERS.flatMap((_, from) => {
  const receivers = process.env.WAMP_CODEC_DEEP === '1' ? [...PEERS.keys()] : [(from + STEP) % PEERS.length]
  return receivers.map((to) => ({ from, to, name: `${PEERS[from]?.name} to ${PEERS[to]?.name}` }))
})
