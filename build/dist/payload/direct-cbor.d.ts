/** CBOR for the direct readers: definite lengths, no tags, integers that a double holds. */
import type { Kernel } from '../kernel/kernel.ts';
import type { WireKey } from './direct-keys.ts';
import { DirectReader } from './direct-reader.ts';
export declare class DirectCbor extends DirectReader {
    constructor(kernel: Kernel);
    value(outer: WireKey): unknown;
    protected keySize(): number;
    private argument;
    private simple;
}
