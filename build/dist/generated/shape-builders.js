const P = Object.prototype;
export const MAX_KEYS = 16;
export const SHAPE_BUILDERS = [
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
    (s, v, d) => { const k = s.keys, n = k.length, o = {}; let x; x = k[0]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 1)
        return o; x = k[1]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 2)
        return o; x = k[2]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 3)
        return o; x = k[3]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 4)
        return o; x = k[4]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 5)
        return o; x = k[5]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 6)
        return o; x = k[6]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 7)
        return o; x = k[7]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 8)
        return o; x = k[8]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 9)
        return o; x = k[9]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 10)
        return o; x = k[10]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 11)
        return o; x = k[11]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 12)
        return o; x = k[12]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 13)
        return o; x = k[13]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 14)
        return o; x = k[14]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 15)
        return o; x = k[15]; if (x in P)
        d(o, x, v());
    else
        o[x] = v(); if (n === 16)
        return o; return o; },
];
