const P = Object.prototype;
export const MAP_KEYS = 12;
export const MAP_BUILDERS = [
    (r, c, s) => { const o = {}; let b = s, k; k = r.expected(b); if (k === null)
        return r.rest(o, 0, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 1)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 1, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 2)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 2, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 3)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 3, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 4)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 4, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 5)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 5, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 6)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 6, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 7)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 7, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 8)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 8, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 9)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 9, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 10)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 10, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 11)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 11, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 12)
        return o; b = k; return r.rest(o, 12, c, b, s); },
    (r, c, s) => { const o = {}; let b = s, k; k = r.expected(b); if (k === null)
        return r.rest(o, 0, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 1)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 1, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 2)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 2, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 3)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 3, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 4)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 4, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 5)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 5, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 6)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 6, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 7)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 7, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 8)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 8, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 9)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 9, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 10)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 10, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 11)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 11, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 12)
        return o; b = k; return r.rest(o, 12, c, b, s); },
    (r, c, s) => { const o = {}; let b = s, k; k = r.expected(b); if (k === null)
        return r.rest(o, 0, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 1)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 1, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 2)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 2, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 3)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 3, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 4)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 4, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 5)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 5, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 6)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 6, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 7)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 7, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 8)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 8, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 9)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 9, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 10)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 10, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 11)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 11, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 12)
        return o; b = k; return r.rest(o, 12, c, b, s); },
    (r, c, s) => { const o = {}; let b = s, k; k = r.expected(b); if (k === null)
        return r.rest(o, 0, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 1)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 1, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 2)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 2, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 3)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 3, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 4)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 4, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 5)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 5, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 6)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 6, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 7)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 7, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 8)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 8, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 9)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 9, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 10)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 10, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 11)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 11, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 12)
        return o; b = k; return r.rest(o, 12, c, b, s); },
    (r, c, s) => { const o = {}; let b = s, k; k = r.expected(b); if (k === null)
        return r.rest(o, 0, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 1)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 1, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 2)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 2, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 3)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 3, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 4)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 4, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 5)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 5, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 6)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 6, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 7)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 7, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 8)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 8, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 9)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 9, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 10)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 10, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 11)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 11, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 12)
        return o; b = k; return r.rest(o, 12, c, b, s); },
    (r, c, s) => { const o = {}; let b = s, k; k = r.expected(b); if (k === null)
        return r.rest(o, 0, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 1)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 1, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 2)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 2, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 3)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 3, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 4)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 4, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 5)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 5, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 6)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 6, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 7)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 7, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 8)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 8, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 9)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 9, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 10)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 10, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 11)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 11, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 12)
        return o; b = k; return r.rest(o, 12, c, b, s); },
    (r, c, s) => { const o = {}; let b = s, k; k = r.expected(b); if (k === null)
        return r.rest(o, 0, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 1)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 1, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 2)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 2, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 3)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 3, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 4)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 4, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 5)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 5, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 6)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 6, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 7)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 7, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 8)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 8, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 9)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 9, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 10)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 10, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 11)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 11, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 12)
        return o; b = k; return r.rest(o, 12, c, b, s); },
    (r, c, s) => { const o = {}; let b = s, k; k = r.expected(b); if (k === null)
        return r.rest(o, 0, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 1)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 1, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 2)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 2, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 3)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 3, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 4)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 4, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 5)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 5, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 6)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 6, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 7)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 7, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 8)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 8, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 9)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 9, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 10)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 10, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 11)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 11, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 12)
        return o; b = k; return r.rest(o, 12, c, b, s); },
    (r, c, s) => { const o = {}; let b = s, k; k = r.expected(b); if (k === null)
        return r.rest(o, 0, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 1)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 1, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 2)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 2, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 3)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 3, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 4)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 4, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 5)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 5, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 6)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 6, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 7)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 7, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 8)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 8, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 9)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 9, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 10)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 10, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 11)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 11, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 12)
        return o; b = k; return r.rest(o, 12, c, b, s); },
    (r, c, s) => { const o = {}; let b = s, k; k = r.expected(b); if (k === null)
        return r.rest(o, 0, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 1)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 1, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 2)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 2, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 3)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 3, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 4)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 4, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 5)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 5, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 6)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 6, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 7)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 7, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 8)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 8, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 9)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 9, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 10)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 10, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 11)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 11, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 12)
        return o; b = k; return r.rest(o, 12, c, b, s); },
    (r, c, s) => { const o = {}; let b = s, k; k = r.expected(b); if (k === null)
        return r.rest(o, 0, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 1)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 1, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 2)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 2, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 3)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 3, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 4)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 4, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 5)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 5, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 6)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 6, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 7)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 7, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 8)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 8, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 9)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 9, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 10)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 10, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 11)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 11, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 12)
        return o; b = k; return r.rest(o, 12, c, b, s); },
    (r, c, s) => { const o = {}; let b = s, k; k = r.expected(b); if (k === null)
        return r.rest(o, 0, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 1)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 1, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 2)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 2, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 3)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 3, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 4)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 4, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 5)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 5, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 6)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 6, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 7)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 7, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 8)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 8, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 9)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 9, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 10)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 10, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 11)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 11, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 12)
        return o; b = k; return r.rest(o, 12, c, b, s); },
    (r, c, s) => { const o = {}; let b = s, k; k = r.expected(b); if (k === null)
        return r.rest(o, 0, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 1)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 1, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 2)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 2, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 3)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 3, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 4)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 4, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 5)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 5, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 6)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 6, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 7)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 7, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 8)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 8, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 9)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 9, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 10)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 10, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 11)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 11, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 12)
        return o; b = k; return r.rest(o, 12, c, b, s); },
    (r, c, s) => { const o = {}; let b = s, k; k = r.expected(b); if (k === null)
        return r.rest(o, 0, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 1)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 1, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 2)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 2, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 3)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 3, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 4)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 4, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 5)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 5, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 6)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 6, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 7)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 7, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 8)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 8, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 9)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 9, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 10)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 10, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 11)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 11, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 12)
        return o; b = k; return r.rest(o, 12, c, b, s); },
    (r, c, s) => { const o = {}; let b = s, k; k = r.expected(b); if (k === null)
        return r.rest(o, 0, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 1)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 1, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 2)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 2, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 3)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 3, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 4)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 4, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 5)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 5, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 6)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 6, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 7)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 7, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 8)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 8, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 9)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 9, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 10)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 10, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 11)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 11, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 12)
        return o; b = k; return r.rest(o, 12, c, b, s); },
    (r, c, s) => { const o = {}; let b = s, k; k = r.expected(b); if (k === null)
        return r.rest(o, 0, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 1)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 1, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 2)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 2, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 3)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 3, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 4)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 4, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 5)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 5, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 6)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 6, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 7)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 7, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 8)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 8, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 9)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 9, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 10)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 10, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 11)
        return o; b = k; k = r.expected(b); if (k === null)
        return r.rest(o, 11, c, b, s); if (k.text in P)
        r.own(o, k);
    else
        o[k.text] = r.value(k); if (c === 12)
        return o; b = k; return r.rest(o, 12, c, b, s); },
];
