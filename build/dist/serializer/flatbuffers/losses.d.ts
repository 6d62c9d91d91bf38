import type { Message } from '../../message/message.ts';
import type { Loss } from '../../payload/losses.ts';
import type { FlatBuffersProfile } from './plan.ts';
/** Every loss of a message. Payload values are the business of the payload serializer. */
export declare function flatbuffersLosses(message: Message, options?: {
    readonly profile?: FlatBuffersProfile;
}): readonly Loss[];
