import type { Kernel } from '../kernel/kernel.ts';
import type { Policy } from '../limits.ts';
/** A frame: its bytes, JSON text, or the chunks of one frame in their order. */
export type Frame = Uint8Array | ArrayBuffer | SharedArrayBuffer | string | readonly Uint8Array[];
/**
 * Puts a frame into the kernel's input window, and returns the bytes that the message will keep. Throws ProtocolError
 * SIZE_LIMIT, or BAD_UTF8 for text; TypeError for what is no frame.
 */
export declare function loadFrame(kernel: Kernel, frame: Frame, format: string, isText: boolean, policy: Policy): Uint8Array;
/**
 * The same for who keeps no bytes: nothing is allocated for a Uint8Array. Returns the number
 * of bytes in the window, which nobody else can change.
 */
export declare function loadOnly(kernel: Kernel, frame: Frame, format: string, isText: boolean, policy: Policy): number;
/** What is thrown for anything else. */
export declare function notAFrame(value: unknown): TypeError;
