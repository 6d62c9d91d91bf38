import type { Message } from './message.ts';
import { type MessageTable, type PositionKind } from './table.ts';
/** Attributes that every message has beside its own. */
declare const COMMON: readonly ["custom", "correlation_id", "correlation_uri", "correlation_is_anchor", "correlation_is_last", "router_internal"];
/** Keys of attributes that the class adds to its Message base, as a constructor takes them: null is absent. */
export type Attributes<M extends Message, Required extends keyof M> = {
    [K in Required]: M[K];
} & {
    [K in Exclude<keyof M, Required | keyof Message | MixinMethods | `_${string}`>]?: M[K] | null | undefined;
} & {
    [K in (typeof COMMON)[number]]?: Message[K] | undefined;
};
type MixinMethods = 'validateForwardChain' | 'addHop' | 'reverseChain' | 'forwardOrigin' | 'validatePayloadAttributes' | 'toPpt' | 'toEnc' | 'topicRef' | 'procedureRef';
/** Fills a new message. Throws TypeError, InvalidUriError or PayloadRuleError; the message is lost then. */
export declare function build(message: Message, attributes: object): void;
/** The error for an argument that must be a message. */
export declare function notAMessage(value: unknown): TypeError;
/** The rules that setters cannot keep, for a message that is to be written. Throws EncodeError or PayloadRuleError. */
export declare function checkWhole(message: Message): void;
/** ABORT may carry args and kwargs, but nothing opaque. */
export declare function setAbortPayload(message: Message, args: unknown[] | null | undefined, kwargs: Record<string, unknown> | null | undefined): void;
/** Sets a position of a message after its check. */
export declare function writePosition(message: Message, attribute: string, value: unknown): void;
/** Checks a position of a list from a peer: the same rules, the peer's kind of error. */
export declare function checkPeerPosition(table: MessageTable, attribute: string, kind: PositionKind, value: unknown, match: unknown): void;
export {};
