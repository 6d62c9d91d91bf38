/** What an entry of the package has: its kernel, its payload formats and its wires. */
import type { KernelAsset } from '../kernel/load.ts';
import type { ValueFormat } from '../payload/format.ts';
import type { Wire } from './wire.ts';
export interface Edition {
    readonly kernel: KernelAsset;
    readonly formats: readonly ValueFormat[];
    readonly wires: readonly Wire[];
}
