/** Lists without kernel and messages: the list codecs of `wamp-codec/lists`, one function for each format. */
import { checkOptions, nameOf } from '../arguments.ts'
import { readCbor, readCommonCbor } from '../payload/cbor/read.ts'
import { encodeCbor } from '../payload/cbor/write.ts'
import { readCommonJson } from '../payload/json/common-list.ts'
import { readJson } from '../payload/json/read.ts'
import { encodeJson } from '../payload/json/write.ts'
import { readCommonMsgpack, readMsgpack } from '../payload/msgpack/read.ts'
import { encodeMsgpack } from '../payload/msgpack/write.ts'
import { LIST_CHOICES, policyOf } from '../policy.ts'
import type { ListCodec, ListOptions } from './list-codec.ts'
import { type ValueCoder, ValueLists } from './value-lists.ts'

/** Options of list codecs without a kernel, with the defaults of `createCodec`. */
export type CreateListsOptions = Omit<ListOptions, 'check' | 'ubjsonDialect'>

/** The list codec of JSON alone. Throws as `createLists` does. */
export function jsonLists(options: CreateListsOptions = {}): ListCodec {
  return listsOf({ name: 'json', decode: readJson, commonList: readCommonJson, encode: encodeJson }, options)
}

/** The list codec of MsgPack alone. Throws as `createLists` does. */
export function msgpackLists(options: CreateListsOptions = {}): ListCodec {
  return listsOf(
    { name: 'msgpack', decode: readMsgpack, commonList: readCommonMsgpack, encode: encodeMsgpack },
    options,
  )
}

/** The list codec of CBOR alone. Throws as `createLists` does. */
export function cborLists(options: CreateListsOptions = {}): ListCodec {
  return listsOf({ name: 'cbor', decode: readCbor, commonList: readCommonCbor, encode: encodeCbor }, options)
}

/**
 * The list codec of a format, in JavaScript alone: it checks that a list begins with a known message code and that its
 * ids are integers, and keeps the limits of a codec. Throws RangeError for an unknown id and for values that an option
 * cannot have, TypeError for unknown options.
 */
export function createLists(id: 'json' | 'msgpack' | 'cbor', options?: CreateListsOptions): ListCodec {
  switch (id) {
    case 'json':
      return jsonLists(options)
    case 'msgpack':
      return msgpackLists(options)
    case 'cbor':
      return cborLists(options)
    default:
      throw new RangeError(`createLists: expected json, msgpack or cbor, got ${nameOf(id)}`)
  }
}

function listsOf(
  coder: ValueCoder & { name: 'json' | 'msgpack' | 'cbor' },
  options: CreateListsOptions,
): ListCodec {
  checkOptions('createLists', options, Object.keys(LIST_CHOICES))
  return new ValueLists(coder.name, coder, policyOf(options, LIST_CHOICES))
}
