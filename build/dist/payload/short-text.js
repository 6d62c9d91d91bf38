/** Short texts of ASCII by their characters: cheaper than a call of a text decoder. */
const of = String.fromCharCode;
/** The text in `length` bytes of ASCII, at most 15, at `at`. One expression for each length. */
export function shortText(bytes, at, length) {
    if (length === 0)
        return '';
    const a = bytes[at];
    if (length === 1)
        return of(a);
    const b = bytes[at + 1];
    if (length === 2)
        return of(a, b);
    const c = bytes[at + 2];
    if (length === 3)
        return of(a, b, c);
    const d = bytes[at + 3];
    if (length === 4)
        return of(a, b, c, d);
    const e = bytes[at + 4];
    if (length === 5)
        return of(a, b, c, d, e);
    const f = bytes[at + 5];
    if (length === 6)
        return of(a, b, c, d, e, f);
    const g = bytes[at + 6];
    if (length === 7)
        return of(a, b, c, d, e, f, g);
    const h = bytes[at + 7];
    if (length === 8)
        return of(a, b, c, d, e, f, g, h);
    const i = bytes[at + 8];
    if (length === 9)
        return of(a, b, c, d, e, f, g, h, i);
    const j = bytes[at + 9];
    if (length === 10)
        return of(a, b, c, d, e, f, g, h, i, j);
    const k = bytes[at + 10];
    if (length === 11)
        return of(a, b, c, d, e, f, g, h, i, j, k);
    const l = bytes[at + 11];
    if (length === 12)
        return of(a, b, c, d, e, f, g, h, i, j, k, l);
    const m = bytes[at + 12];
    if (length === 13)
        return of(a, b, c, d, e, f, g, h, i, j, k, l, m);
    const n = bytes[at + 13];
    if (length === 14)
        return of(a, b, c, d, e, f, g, h, i, j, k, l, m, n);
    const o = bytes[at + 14];
    return of(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o);
}
