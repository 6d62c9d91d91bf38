/** What is wrong with bytes and texts, in words. One fault has one text, whichever way it is found. */
import { EncodeError, type ErrorCode, ProtocolError } from '../errors.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Policy } from '../limits.ts';
/**
 * What a code of the kernel says by itself. `at` is the byte in the kernel's window that it is about: in JSON a lone
 * surrogate is an escape, and any other text that is not UTF-8 is not.
 */
export declare function complaint(code: ErrorCode, policy: Policy, { bytes, input }: Kernel, at: number): string;
/** The same for a value by itself, which has no frame around it. */
export declare function valueComplaint(code: ErrorCode, policy: Policy, kernel: Kernel, at: number): string;
/** The error for a text of the application with a lone surrogate, at its path. */
export declare function surrogateError(path: string, format: string): EncodeError;
/** The error for JSON that was given as a text with a lone surrogate; `what` is `a message` or `a value`. */
export declare function surrogateIn(text: string, what: string): ProtocolError;
