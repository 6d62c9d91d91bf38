/** `wamp-codec/tools/transfer`: `message.toTransferable` and `codec.fromTransferable`. It brings CBOR and MsgPack. */
import { messageOf, transferableOf } from '../message/transfer.ts'
import type { Tool } from './tool.ts'

/** For `message.toTransferable` and `codec.fromTransferable`. */
export const transfer: Tool<'transfer'> = { name: 'transfer', parts: { transferableOf, messageOf } }
