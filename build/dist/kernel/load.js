var __rewriteRelativeImportExtension = (this && this.__rewriteRelativeImportExtension) || function (path, preserveJsx) {
    if (typeof path === "string" && /^\.\.?\//.test(path)) {
        return path.replace(/\.(tsx)$|((?:\.d)?)((?:\.[^./]+?)?)\.([cm]?)ts$/i, function (m, tsx, d, ext, cm) {
            return tsx ? preserveJsx ? ".jsx" : ".js" : d && (!ext || !cm) ? m : (d + ext + "." + cm.toLowerCase() + "js");
        });
    }
    return path;
};
/**
 * From bytes to a kernel. Nothing happens at import time: the module is compiled at first use, and kept, so that one
 * kernel serves a thread however many codecs it has.
 */
import { wrongArgument } from "../arguments.js";
import { isBuffer } from "../brand.js";
import { WampCodecError } from "../errors.js";
import { strictDecoder, textEncoder } from "../text-coders.js";
import { Kernel } from "./kernel.js";
const kernels = new WeakMap();
let latest = null;
/** The kernel of this thread for a module. Throws WampCodecError KERNEL_UNAVAILABLE where it cannot work. */
export function kernelOf(module) {
    let kernel = kernels.get(module);
    if (kernel === undefined) {
        checkWebAssembly();
        // A codec without them would fail at its first text.
        textEncoder();
        strictDecoder();
        kernel = new Kernel(module);
        kernels.set(module, kernel);
    }
    latest = kernel;
    return kernel;
}
/** A kernel of this thread, whichever: for work that every one can do. Throws TypeError while there is none. */
export function anyKernel() {
    if (latest === null)
        throw new TypeError('make a codec before this: it needs a kernel');
    return latest;
}
/** The kernel that an entry of the package has with it. */
export class KernelAsset {
    /** `base64` is the SIMD build; `scalar` the file beside the entry that has the same kernel without it. */
    constructor(base64, scalar) {
        this.module = null;
        this.base64 = base64;
        this.scalar = scalar;
    }
    /** Sets the compiled module, on platforms that import it so (src/workerd.ts). */
    provide(module) {
        this.module ??= module;
    }
    /** Compiles at the first call. Throws WampCodecError KERNEL_UNAVAILABLE where that is not possible. */
    compiled() {
        checkWebAssembly();
        this.module ??= compileNow(decodeBase64(this.base64));
        return this.module;
    }
    /**
     * Compiles asynchronously: for main threads of browsers, and engines without SIMD. Rejects with WampCodecError
     * KERNEL_UNAVAILABLE where that is not possible.
     */
    async load(source) {
        if (source !== undefined)
            checkSource(source);
        checkWebAssembly();
        if (source instanceof WebAssembly.Module)
            return source;
        if (source !== undefined)
            return compile(await bytesOf(source));
        if (this.module !== null)
            return this.module;
        const simd = decodeBase64(this.base64);
        // An engine without SIMD gets a separate asset, so that nobody else loads its bytes.
        const bytes = WebAssembly.validate(simd)
            ? simd
            : await bytesOf(new URL(`./${this.scalar}`, new URL('../', import.meta.url)));
        this.module = await compile(bytes);
        return this.module;
    }
}
/** Throws TypeError for what is no source of a kernel. */
function checkSource(source) {
    const tag = Object.prototype.toString.call(source).slice(8, -1);
    if (SOURCES.includes(tag) || ArrayBuffer.isView(source) || isBuffer(source))
        return;
    throw wrongArgument('wasm', 'a URL, Response, BufferSource or WebAssembly.Module', source);
}
const SOURCES = ['URL', 'Response', 'WebAssembly.Module'];
async function compile(bytes) {
    try {
        return await WebAssembly.compile(bytes);
    }
    catch (cause) {
        throw unavailable(isValid(bytes) ? FORBIDDEN : NO_KERNEL, cause);
    }
}
function compileNow(bytes) {
    try {
        return new WebAssembly.Module(bytes);
    }
    catch (cause) {
        if (!isValid(bytes))
            throw unavailable(NO_SIMD, cause);
        throw unavailable(cause instanceof RangeError ? TOO_LARGE : FORBIDDEN, cause);
    }
}
/** Whether it is not the bytes that the engine objects to; content policies do not forbid the question. */
function isValid(bytes) {
    return WebAssembly.validate(bytes);
}
const MISSING = 'this runtime has no WebAssembly, which the kernel is made of; switch it on (node --jitless switches it off) or use another one';
const FORBIDDEN = "compiling WebAssembly is forbidden here; allow 'wasm-unsafe-eval' in the script-src of the content security policy, or " +
    'give createCodec or loadCodec a compiled kernel in the option module';
const TOO_LARGE = 'compiling the kernel synchronously is forbidden here; use await loadCodec(), or give createCodec a compiled kernel in ' +
    'the option module';
const NO_SIMD = 'this engine has no WebAssembly SIMD; use await loadCodec(), which loads a kernel without';
const NO_KERNEL = 'this engine cannot compile the kernel: its bytes are no WebAssembly, or need what the engine lacks';
function unavailable(text, cause) {
    return new WampCodecError('KERNEL_UNAVAILABLE', text, { cause });
}
/** Throws WampCodecError KERNEL_UNAVAILABLE where there is no WebAssembly at all. */
function checkWebAssembly() {
    if (typeof WebAssembly === 'undefined')
        throw unavailable(MISSING);
}
/** Not a literal at the place of import: bundlers for browsers would look for the module. */
const NODE_FILES = ['node:fs', 'promises'].join('/');
async function bytesOf(source) {
    // By what they have: a runtime may lack these classes, or have them twice.
    if ('byteLength' in source)
        return source;
    if ('arrayBuffer' in source)
        return source.arrayBuffer();
    if (source.protocol === 'file:') {
        const { readFile } = (await import(__rewriteRelativeImportExtension(NODE_FILES)));
        return readFile(source);
    }
    return (await fetch(source)).arrayBuffer();
}
/** Standard base64 to bytes; a loop, because `atob` with `Uint8Array.from` takes 5 ms for 40 KB (Node 20, 2026). */
function decodeBase64(text) {
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < bytes.length; i++)
        bytes[i] = binary.charCodeAt(i);
    return bytes;
}
