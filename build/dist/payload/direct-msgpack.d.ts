/** MsgPack for the direct readers: no extensions, integers that a double holds. */
import type { Kernel } from '../kernel/kernel.ts';
import type { WireKey } from './direct-keys.ts';
import { DirectReader } from './direct-reader.ts';
export declare class DirectMsgpack extends DirectReader {
    constructor(kernel: Kernel);
    value(outer: WireKey): unknown;
    protected keySize(): number;
    private u8;
    private u16;
    private u32;
    /** An integer of 64 bits whose upper half, signed or not, is `high`. */
    private integer64;
}
