import type { HeadWriter } from './heads.ts';
/** BJData. */
export declare const UBJSON_HEADS: HeadWriter;
/** UBJSON draft 12. */
export declare const UBJSON_DRAFT12_HEADS: HeadWriter;
