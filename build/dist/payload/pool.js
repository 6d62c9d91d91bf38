/**
 * The pools of text of a tape as JavaScript strings: by Node's own methods of Buffer where they are, which are two to
 * ten times faster for short texts, and by TextDecoder in browsers. Looked for at first use: nothing happens at import.
 */
/** What makes the reader for the memory that `bytes` is all of. */
export function poolReaders() {
    const { Buffer } = globalThis;
    if (Buffer === undefined)
        return decoderReader;
    const slices = ['latin1Slice', 'ucs2Slice', 'utf8Slice'];
    return slices.every((name) => name in Buffer.prototype) ? bufferReader : decoderReader;
}
function bufferReader(bytes) {
    const buffer = Buffer.from(bytes.buffer);
    return {
        isLatin: true,
        narrow: (start, end) => buffer.latin1Slice(start, end),
        wide: (start, end) => buffer.ucs2Slice(start, end),
        single: (start, end) => buffer.latin1Slice(start, end),
        utf8: (start, end) => buffer.utf8Slice(start, end),
    };
}
/** The label latin1 means windows-1252 to a TextDecoder, so the pool is ASCII for it. */
function decoderReader(bytes) {
    const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
    const single = new TextDecoder('latin1');
    const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true });
    return {
        isLatin: false,
        narrow: (start, end) => utf8.decode(bytes.subarray(start, end)),
        wide: (start, end) => utf16.decode(bytes.subarray(start, end)),
        single: (start, end) => single.decode(bytes.subarray(start, end)),
        utf8: (start, end) => utf8.decode(bytes.subarray(start, end)),
    };
}
