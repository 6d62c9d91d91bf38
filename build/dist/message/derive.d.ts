import { type Message, Received } from './message.ts';
import { type MessageTable } from './table.ts';
/** What messages of one table take over from those of another, and what they may be given. */
export interface Derivation {
    readonly from: MessageTable;
    readonly target: MessageTable;
    /** The target's field by the source's field; -1 stays behind. */
    readonly fields: readonly number[];
    /** The same for a message that came over a router-to-router link. */
    readonly linkedFields: readonly number[];
    /** The fields that may be given, by attribute; -1 for what is no option. */
    readonly given: ReadonlyMap<string, number>;
}
/**
 * Carries the options that both messages have, but for what is a router's own business; `identity: 'always'` is for
 * details that are copied as they are. `positions` are given, too, beside options that are not about the payload.
 */
export declare function derivation(source: MessageTable, target: MessageTable, positions: readonly string[], identity?: 'always' | 'linked'): Derivation;
/**
 * What the constructor of a derived message takes: its ids (0 for a second one that it has not), and for ERROR the type
 * of the request and the URI. Throws TypeError for what is no id.
 */
export declare function derivedIds(table: MessageTable, first: number, second: number, requestType?: number, text?: string): Received;
/** The error for a message that cannot be derived: `source` is of another class, or `given` no object. */
export declare function notDerivable(source: Message, given: unknown, { from, target }: Derivation): TypeError;
/** A message made by `derivedIds` has nothing but its ids at first. */
export declare function clear(target: Message): void;
/** Fills a new message: the payload, what is carried over, then what is given. Throws TypeError for unknown names. */
export declare function derive(target: Message, source: Message, given: object, rule: Derivation): void;
/** Sets an option of a new message; what stays unread stays unread. Throws TypeError for a value of the wrong kind. */
export declare function setOption(message: Message, field: number, value: unknown): void;
/** A copy: the payload is shared, what is unread stays unread. */
export declare function copyOf<M extends Message>(source: M): M;
