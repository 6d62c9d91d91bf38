import type { AttributeReader } from '../payload/payload.ts';
/** Reads the attributes of FlatBuffers frames; `type` is the slot's in the schema. */
export declare const FLATBUFFERS: AttributeReader;
