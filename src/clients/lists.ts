/** What every adapter looks at first: that it was given a list codec, and not a serializer or a codec. */
import { wrongArgument } from '../arguments.ts'
import type { ListCodec } from '../lists/list-codec.ts'

/** Throws TypeError unless `lists` is a list codec. */
export function checkLists(where: string, lists: unknown): asserts lists is ListCodec {
  if (typeof (lists as Partial<ListCodec> | null)?.encodeValue === 'function') return
  throw wrongArgument(where, 'a list codec (codec.lists or createLists)', lists)
}
