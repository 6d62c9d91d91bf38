/**
 * The FlatBuffers side of the 25 messages: the slots of each table, what each slot is to the message class, and the
 * order in which the reference peer writes them. Source: wamp-proto's .fbs files session, pubsub and rpc; the order is
 * autobahn-python's, and what profile 'autobahn' keeps.
 */
import { type FlatTable } from './flatbuffers-schema.ts';
/** The FlatBuffers side of every message, by WAMP's name of the message. */
export declare const FLAT_TABLES: Readonly<Record<string, FlatTable>>;
