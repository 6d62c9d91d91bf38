/**
 * Lazy views of payloads: `msg.payloadView` and `codec.payload(format).view(bytes)` read one value out of a payload and
 * build nothing else. `view-payload.ts` begins at a message; `view-encoded.ts`, `view-flexbuffers.ts` and
 * `view-value.ts` are the views of encoded values, of FlexBuffers, and of values that the application has built.
 */
/** Goes a path step by step. */
export function walk(view, steps) {
    let at = view;
    for (let i = 0; i < steps.length && at !== undefined; i++) {
        const step = steps[i];
        at = typeof step === 'string' ? at.get(step) : at.at(step);
    }
    return at;
}
