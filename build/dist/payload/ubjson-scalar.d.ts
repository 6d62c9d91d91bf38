import type { Reader } from './decode-value.ts';
import { type Dialect } from './ubjson-head.ts';
import type { Float64 } from './values.ts';
/**
 * The value behind its marker, or without one, of a type that is no container; `offset` is where errors are. Throws
 * ProtocolError as `decodeUbjson`.
 */
export declare function readScalar(reader: Reader, marker: number, offset: number, dialect: Dialect): unknown;
/** Length and text; `wrong` is the code for a length that is no integer. */
export declare function readText(reader: Reader, dialect: Dialect, wrong: 'BAD_TOKEN' | 'KEY_TYPE'): string;
/** A high-precision number with its length; `offset` is where errors are. */
export declare function readHigh(reader: Reader, offset: number, dialect: Dialect): number | bigint | Float64;
/** The number whose text is the next `length` bytes, which must be in the range. */
export declare function readDecimal(reader: Reader, length: number, offset: number): number | bigint | Float64;
