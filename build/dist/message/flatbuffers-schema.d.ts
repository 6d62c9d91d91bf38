/**
 * The FlatBuffers schema of WAMP as data, without the messages: what a slot is, the enumerations, and the tables that
 * messages point to (the messages' own are in flatbuffers-tables.ts). Reader, verifier (build/kernel-tables.mjs),
 * builder and the report of losses follow from both. Source: wamp-proto's .fbs files types, roles and auth.
 */
/** Enumerations of the schema: names in the order of their numbers; null is "none given". All are bytes on the wire. */
export declare const FLAT_ENUMS: Readonly<Record<string, readonly (string | null)[]>>;
/** The type of a slot, as the schema spells it; tables and enumerations by their names. */
export type FlatType = 'bool' | 'uint16' | 'uint32' | 'uint64' | 'string' | 'MessageType' | '[uint8]' | '[uint64]' | '[string]' | '[Principal]' | '[AuthMethod]' | 'Match' | 'InvocationPolicy' | 'CancelMode' | 'AuthMethod' | 'PPTScheme' | 'PPTSerializer' | 'PPTCipher' | 'Map' | 'ClientRoles' | 'RouterRoles' | `${'Publisher' | 'Subscriber' | 'Caller' | 'Callee' | 'Broker' | 'Dealer'}Features`;
/** One slot of a table; its number is its place in the list. */
export interface FlatSlot {
    readonly name: string;
    readonly type: FlatType;
    /** The attribute of the message, or the key of the dictionary that a nested table is read to; null for neither. */
    readonly attribute: string | null;
    /** The schema's own `required`. */
    readonly required: boolean;
    /** What absence means to readers that know the schema only; the builder of the reference peer leaves it out. */
    readonly default: number | boolean | null;
}
/** The FlatBuffers side of one message. */
export interface FlatTable {
    /** The table's name in the schema. */
    readonly name: string;
    /** The byte of the union: the WAMP code. */
    readonly code: number;
    readonly slots: readonly FlatSlot[];
    /** Names of slots in the order in which the reference peer creates what they point to; all others are inline. */
    readonly created: readonly string[];
    /** Names of slots in the order in which it adds them to the table. What is missing here it never writes. */
    readonly added: readonly string[];
}
/** A slot as the tables are written: what differs from the usual comes last. */
export type FlatRow = readonly [
    name: string,
    type: FlatType,
    more?: {
        attribute?: string | null;
        required?: true;
        default?: number | true;
    }
];
/** Slots in full. */
export declare function slotsOf(rows: readonly FlatRow[]): FlatSlot[];
/** The tables that messages point to, by their names in the schema. */
export declare const FLAT_NESTED: Readonly<Record<string, readonly FlatSlot[]>>;
/** True when a slot of the type holds an offset to what it stands for. */
export declare function isOffsetType(type: FlatType): boolean;
