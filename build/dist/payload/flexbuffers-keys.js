/**
 * The keys of maps in FlexBuffers, for `flexbuffers-layout.ts`: a vector of sorted keys stands beside each map. Maps of
 * one kind have the same keys in the same order, so what that order is when sorted is found out once, and remembered
 * from payload to payload; where keys and vectors stand is true for one payload only, whose number is beside it.
 *
 * Nothing here is ever part of a result: what is forgotten costs time, and keys or vectors that are written twice.
 */
/**
 * Sequences that are remembered, longer keys counted several times. All are forgotten when there are more: applications
 * have hundreds, or no end of them.
 */
const MOST_SEQUENCES = 4096;
const KEY_LENGTH = 64;
/** A key, and where it stands in payload number `payload`. */
export class PlacedKey {
    constructor(text) {
        this.text = text;
        this.payload = 0;
        this.at = 0;
    }
}
/** Keys in the order of a map: the last one, after those before it. */
export class KeySequence {
    constructor(before, key) {
        this.before = before;
        this.key = key;
        this.length = before === null ? 0 : before.length + 1;
        this.next = null;
        this.nexts = null;
        this.order = null;
        this.sorted = null;
        this.payload = 0;
        this.at = 0;
        this.width = 0;
    }
    /** These keys and one more, when that is known. */
    after(key) {
        const { next } = this;
        if (next !== null && next.key.text === key)
            return next;
        const known = this.nexts?.get(key);
        if (known === undefined)
            return null;
        this.next = known;
        return known;
    }
    /** Remembers that one more key came after these. */
    add(key) {
        const sequence = new KeySequence(this, key);
        const { next } = this;
        if (next !== null) {
            this.nexts ??= new Map([[next.key.text, next]]);
            this.nexts.set(key.text, sequence);
        }
        this.next = sequence;
        return sequence;
    }
    /** The keys in their order. */
    keys() {
        const keys = new Array(this.length);
        for (let each = this; each.before !== null; each = each.before) {
            keys[each.length - 1] = each.key;
        }
        return keys;
    }
}
/** What is remembered. Only one payload at a time may use it. */
export class KeyMemory {
    constructor() {
        this.payload = 0;
        this.forget();
    }
    /** Begins another payload. */
    begin() {
        this.payload++;
    }
    /** Ends it. */
    end() {
        if (this.count > MOST_SEQUENCES)
            this.forget();
    }
    /** The keys of `sequence` and one more. */
    after(sequence, key) {
        return sequence.after(key) ?? this.add(sequence, key);
    }
    /** The sorted keys of a sequence. */
    sorted(sequence) {
        if (sequence.sorted !== null)
            return sequence.sorted;
        const keys = sequence.keys();
        const order = keys.map((_, place) => place);
        order.sort((a, b) => compareBytes(keys[a].text, keys[b].text));
        let sorted = this.root;
        for (const place of order)
            sorted = this.after(sorted, keys[place].text);
        sequence.order = order;
        sequence.sorted = sorted;
        return sorted;
    }
    add(sequence, text) {
        let key = this.keys.get(text);
        if (key === undefined) {
            key = new PlacedKey(text);
            this.keys.set(text, key);
        }
        this.count += 1 + Math.floor(text.length / KEY_LENGTH);
        return sequence.add(key);
    }
    forget() {
        this.root = new KeySequence(null, null);
        this.keys = new Map();
        this.count = 0;
    }
}
/** Orders text as its UTF-8 bytes: as UTF-16 does, but for surrogates, which stand for what comes last. */
function compareBytes(a, b) {
    const length = Math.min(a.length, b.length);
    for (let i = 0; i < length; i++) {
        const left = a.charCodeAt(i);
        const right = b.charCodeAt(i);
        if (left !== right)
            return byteOrder(left) - byteOrder(right);
    }
    return a.length - b.length;
}
function byteOrder(unit) {
    return unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;
}
