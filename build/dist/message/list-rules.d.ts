import type { Message } from './message.ts';
import { type BrokenRule } from './rules.ts';
/**
 * The first attribute that keeps a message out of a list, or null. What a list frame brought is good already, and a
 * message that was built has kept the other rules: only what was set is looked at, unless the frame is no list.
 */
export declare function brokenInList(message: Message): BrokenRule | null;
