/**
 * What a message table is. One table per message holds the wire facts; parsing, marshalling, the kernel's key
 * tables, equality, inspection and the attribute reference in the docs all follow from it (`tables.ts`).
 */
import type { FlatTable, FlatType } from './flatbuffers-schema.ts';
/** The kind of value that an attribute holds; `kinds.ts` has the check of each, the kernel the same for bytes. */
export type Kind = 'id' | 'int' | 'uint' | 'count' | 'bool' | 'text' | 'textOrNull' | 'uri' | 'dict' | 'dictOrNull' | 'ints' | 'texts' | 'hops' | 'clientRoles' | 'routerRoles' | 'match' | 'invoke' | 'cancelMode' | 'interruptMode' | 'encAlgo' | 'encKey' | 'encSerializer';
/** What may stand at a position of the list; `options` is the Options or Details dictionary itself. */
export type PositionKind = 'id' | 'requestType' | 'uri' | 'realm' | 'text' | 'dict' | 'options' | 'options?';
/** One element of the list after the message code. */
export interface Position {
    readonly attribute: string;
    /** Where the message keeps it: a property of its own, except for dictionaries, which are read on demand. */
    readonly slot: string;
    readonly kind: PositionKind;
}
/**
 * When `marshal` writes an option: whenever it is set (the default), only when truthy, or only when it differs from
 * the value that its absence means.
 */
export type WriteRule = 'set' | 'truthy' | {
    readonly unless: string;
};
/** One key of the Options or Details dictionary. */
export interface Option {
    /** The attribute of the message. */
    readonly attribute: string;
    /** The key on the wire; differs from the attribute only where WAMP hyphenates. */
    readonly key: string;
    readonly kind: Kind;
    readonly write: WriteRule;
    /** The value that absence means, for attributes that are never null. */
    readonly absent: string | null;
}
/** The wire facts of one message. */
export interface MessageTable {
    /** The name in WAMP's own spelling, `PUBLISH`. */
    readonly name: string;
    /** The code in list form. */
    readonly code: number;
    /** 1 plain, 3 forwarding, 4 payload and forwarding (2 is empty in WAMP). */
    readonly category: 1 | 3 | 4;
    readonly positions: readonly Position[];
    /** Options by field number; the mixins' keys have the same numbers in every message. */
    readonly options: readonly Option[];
    /** Field numbers in the order in which they are written. */
    readonly writeOrder: readonly number[];
    /** What may follow the fixed positions: nothing, args and kwargs, or those or one opaque payload. */
    readonly payload: 'none' | 'args' | 'any';
    /** Custom keys stand before the known ones (WELCOME) or after them. */
    readonly customFirst: boolean;
    /** The message in FlatBuffers. */
    readonly flatbuffers: FlatTable;
    /** The type of each option's slot in FlatBuffers, by field number; null for options that have none. */
    readonly flatTypes: readonly (FlatType | null)[];
}
/** A row of `tables.ts`: `[key, kind]` with what differs from the usual. */
export type OptionRow = readonly [
    key: string,
    kind: Kind,
    more?: {
        attribute?: string;
        write?: WriteRule;
        absent?: string;
    }
];
/** Options that hold an id or ids; so do the hops of forward_for. */
export declare const ID_OPTIONS: readonly string[];
/** Requests that ERROR may answer: PUBLISH, SUBSCRIBE, UNSUBSCRIBE, CALL, REGISTER, UNREGISTER, INVOCATION. */
export declare const REQUEST_TYPES: readonly number[];
/** The field numbers that the mixins share over all messages. */
export declare const FORWARD_FOR = 0;
export declare const ENC_ALGO = 1;
export declare const ENC_KEY = 2;
export declare const ENC_SERIALIZER = 3;
export declare const PPT_SCHEME = 4;
export declare const PPT_SERIALIZER = 5;
export declare const PPT_CIPHER = 6;
export declare const PPT_KEYID = 7;
/** Builds a table from rows in writing order; numbers the fields so that the mixins find theirs. */
export declare function defineTable(name: string, code: number, category: 1 | 3 | 4, positions: readonly (readonly [attribute: string, kind: PositionKind])[], rows?: readonly OptionRow[], more?: {
    payload?: 'args';
    customFirst?: boolean;
}): MessageTable;
/**
 * Remembers what is made of a table: `make` is called once for each. Tables are found by their code, which takes a
 * tenth of the time of a WeakMap.
 */
export declare function perTable<T>(make: (table: MessageTable) => T): (table: MessageTable) => T;
