import { type PayloadFormatName, type ValueFormat } from './format.ts';
export declare const UBJSON_FORMAT: ValueFormat;
export declare const UBJSON_DRAFT12_FORMAT: ValueFormat;
/** For payloads only: opaque ones, and args and kwargs inside of FlatBuffers. */
export declare const FLEXBUFFERS_FORMAT: ValueFormat;
/** Every format by its name. */
export declare const FORMATS: Readonly<Record<PayloadFormatName, ValueFormat>>;
