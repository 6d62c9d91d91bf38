/**
 * What every adapter looks at first: that it was given a list codec, and not a serializer or a codec. Adapters import
 * nothing of the library but types, so that an application loads no more than the list codec which it has chosen.
 */
import type { ListCodec } from '../lists/list-codec.ts'

/** Throws TypeError unless `lists` is a list codec. */
export function checkLists(where: string, lists: unknown): asserts lists is ListCodec {
  if (typeof (lists as Partial<ListCodec> | null)?.encodeValue === 'function') return
  throw new TypeError(`${where}: expected a list codec, of codec.lists or createLists`)
}
