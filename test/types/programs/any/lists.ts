/** Lists in and frames out, with the codec and without it, for clients with a message model of their own. */
import { createCodec, type ListCodec, type ListOptions } from 'wamp-codec'
import { createLists } from 'wamp-codec/lists'
import { wampproto } from 'wamp-codec/wampproto'
import { wampy, wampyOptions } from 'wamp-codec/wampy'

const options: ListOptions = { check: 'list', peers: 'lenient', maxDepth: 16 }
const both: readonly ListCodec[] = [
  createCodec().lists('ubjson', options),
  createLists('cbor', { maps: 'map' }),
]

export function echo(data: string | Uint8Array): (string | Uint8Array)[] {
  return both.map((lists) => lists.encode(lists.decode(data)))
}

export const serializer: { protocol: string; isBinary: boolean } = wampy(
  createLists('json', wampyOptions('json')),
)

class Own {}
const module = {
  JSONSerializer: Own,
  MsgPackSerializer: Own,
  CBORSerializer: Own,
  ToMessage: (list: unknown[]): unknown => list[0],
}
export const own: Own = wampproto(module, createLists('msgpack'))

// @ts-expect-error
createLists('ubjson')
// @ts-expect-error
createLists('cbor', { maxdepth: 16 })
// @ts-expect-error
createCodec().lists('flatbuffers')
// @ts-expect-error
createCodec().lists('cbor', { chek: 'list' })
// @ts-expect-error
wampy(createCodec().serializer('cbor'))
