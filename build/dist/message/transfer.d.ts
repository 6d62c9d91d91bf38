import { type ValueFormat } from '../payload/format.ts';
import { type AttributeReader } from '../payload/payload.ts';
import { type Message, type Transferred } from './message.ts';
import { Receiver } from './receive.ts';
/**
 * The message's bytes and index. One that was built or changed has no frame, one that was derived may have options that
 * its frame has not: it gets one in CBOR first, or in MsgPack when it holds an extension, which CBOR has no form for.
 */
export declare function transferableOf(message: Message): Transferred;
/**
 * The message of a transferable; `readers` are those of the frames that are no lists. Throws TypeError when it is not
 * one, of another version of this package, or in a format that this entry does not have.
 */
export declare function messageOf(transferred: Transferred, receiver: Receiver, formats: readonly ValueFormat[], readers: readonly AttributeReader[]): Message;
