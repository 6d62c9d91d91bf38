/**
 * Buffers that must not be transferred to another thread, because others have parts of them. Only Node can say so; where
 * it cannot, whoever hands out parts of a buffer has to notice that it is gone.
 */
let mark;
/** From now on `postMessage` and `structuredClone` refuse to transfer the buffer, where the runtime can. */
export function pin(buffer) {
    if (mark === undefined)
        mark = markOf();
    mark?.(buffer);
}
function markOf() {
    try {
        const { process } = globalThis;
        const threads = process?.getBuiltinModule?.('node:worker_threads');
        const { markAsUntransferable } = threads ?? {};
        if (markAsUntransferable === undefined)
            return null;
        // Runtimes that only pretend to have it throw when it is called.
        markAsUntransferable(new ArrayBuffer(1));
        return markAsUntransferable;
    }
    catch {
        return null;
    }
}
