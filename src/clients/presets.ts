/** What the presets of all clients share: the options that make a list codec give the values that users are used to. */
import type { ListOptions } from '../lists/list-codec.ts'

/** The formats of list codecs. `createLists` has all but `ubjson`. */
export type ListFormat = 'json' | 'msgpack' | 'cbor' | 'ubjson'

/** What a preset says; for `codec.lists` and `createLists` alike. */
export type ListPreset = Pick<ListOptions, 'binary' | 'integers' | 'unrepresentable' | 'peers'>

/** How a client's own serializers gave values of one kind, by format. */
interface Given {
  /** Bytes: Node's Buffer, or Uint8Array. */
  readonly binary: 'buffer' | 'copy'
  /** The formats whose integers beyond 2^53 were rounded to numbers; BigInt in the others. */
  readonly rounded: readonly ListFormat[]
}

/**
 * The options for a client: its values, the rules of `JSON.stringify` for what a format cannot carry, and what routers
 * in the field send.
 *
 * @internal
 */
export function presetOf(format: ListFormat, given: Given): ListPreset {
  return {
    // Where there is no Buffer the client gave Uint8Array.
    binary: 'Buffer' in globalThis ? given.binary : 'copy',
    integers: given.rounded.includes(format) ? 'number' : 'auto',
    unrepresentable: 'json',
    peers: 'lenient',
  }
}
