import { type PayloadFormatName } from '../payload/format.ts';
import type { FieldReport } from './report.ts';
/** The fields in the order of tables and slots, and the number of the message; null when there is none. */
export declare function flatFields(bytes: Uint8Array, payload: PayloadFormatName): {
    readonly code: number | null;
    readonly fields: readonly FieldReport[];
};
