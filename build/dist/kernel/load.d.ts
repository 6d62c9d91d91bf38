import { Kernel } from './kernel.ts';
/** What `loadCodec({ wasm })` takes. */
export type WasmSource = URL | Response | BufferSource | WebAssembly.Module;
/** The kernel of this thread for a module. Throws WampCodecError KERNEL_UNAVAILABLE where it cannot work. */
export declare function kernelOf(module: WebAssembly.Module): Kernel;
/** A kernel of this thread, whichever: for work that every one can do. Throws TypeError while there is none. */
export declare function anyKernel(): Kernel;
/** The kernel that an entry of the package has with it. */
export declare class KernelAsset {
    private readonly base64;
    private readonly scalar;
    private module;
    /** `base64` is the SIMD build; `scalar` the file beside the entry that has the same kernel without it. */
    constructor(base64: string, scalar: string);
    /** Sets the compiled module, on platforms that import it so (src/workerd.ts). */
    provide(module: WebAssembly.Module): void;
    /** Compiles at the first call. Throws WampCodecError KERNEL_UNAVAILABLE where that is not possible. */
    compiled(): WebAssembly.Module;
    /**
     * Compiles asynchronously: for main threads of browsers, and engines without SIMD. Rejects with WampCodecError
     * KERNEL_UNAVAILABLE where that is not possible.
     */
    load(source?: WasmSource): Promise<WebAssembly.Module>;
}
