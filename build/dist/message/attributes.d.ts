import type { Payload } from '../payload/payload.ts';
import type { Message } from './message.ts';
/** The list form, with values as they are; `exact` for another format, which then loses nothing of what is unread. */
export declare function marshal(message: Message, exact?: boolean): unknown[];
/** True for `{}` and an empty Map. */
export declare function isEmptyMap(value: object): boolean;
/** True for an opaque payload in the `ppt_*` dialect, which stands in a list of its own. */
export declare function isPpt(payload: Payload): boolean;
/** Reads an attribute by its name. */
type ReadAttribute = (message: Message, name: string) => unknown;
/** Every attribute that is set: positions, options, custom keys, payload. `read` may catch what a getter throws. */
export declare function attributesOf(message: Message, read?: ReadAttribute): Generator<[name: string, value: unknown]>;
export {};
