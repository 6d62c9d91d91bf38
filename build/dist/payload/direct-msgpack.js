import { DirectReader, RARE, SORT_DOUBLE, SORT_INTEGER } from "./direct-reader.js";
const SORTS = new Uint8Array(256)
    .fill(SORT_INTEGER, 0, 0x80)
    .fill(SORT_INTEGER, 0xcc, 0xd4)
    .fill(SORT_INTEGER, 0xe0);
SORTS[0xcb] = SORT_DOUBLE;
const TEXT = 0xa0;
const NIL = 0xc0;
/** Text with a length of one byte. */
const TEXT_8 = 0xd9;
export class DirectMsgpack extends DirectReader {
    constructor(kernel) {
        super(kernel, SORTS, 0);
    }
    value(outer) {
        const head = this.bytes[this.at++];
        if (head < 0x80)
            return head;
        if (head >= 0xe0)
            return head - 0x100;
        if (head < 0x90)
            return this.map(head & 15, outer);
        if (head < TEXT)
            return this.list(head & 15, outer);
        if (head < NIL)
            return this.text(head & 31);
        const { at, view } = this;
        switch (head) {
            case NIL:
                return null;
            case 0xc2:
                return false;
            case 0xc3:
                return true;
            case 0xc4:
                return this.binary(this.u8());
            case 0xc5:
                return this.binary(this.u16());
            case 0xc6:
                return this.binary(this.u32());
            case 0xca:
                this.at = at + 4;
                return view.getFloat32(at);
            case 0xcb:
                this.at = at + 8;
                return view.getFloat64(at);
            case 0xcc:
                return this.u8();
            case 0xcd:
                return this.u16();
            case 0xce:
                return this.u32();
            case 0xcf:
                return this.integer64(view.getUint32(at));
            case 0xd0:
                this.at = at + 1;
                return view.getInt8(at);
            case 0xd1:
                this.at = at + 2;
                return view.getInt16(at);
            case 0xd2:
                this.at = at + 4;
                return view.getInt32(at);
            case 0xd3:
                return this.integer64(view.getInt32(at));
            case TEXT_8:
                return this.text(this.u8());
            case 0xda:
                return this.text(this.u16());
            case 0xdb:
                return this.text(this.u32());
            case 0xdc:
                return this.list(this.u16(), outer);
            case 0xdd:
                return this.list(this.u32(), outer);
            case 0xde:
                return this.map(this.u16(), outer);
            case 0xdf:
                return this.map(this.u32(), outer);
            default:
                throw RARE;
        }
    }
    keySize() {
        const head = this.bytes[this.at];
        this.keyHead = head === TEXT_8 ? 2 : 1;
        if (head === TEXT_8)
            return 2 + this.bytes[this.at + 1];
        if (head < TEXT || head >= NIL)
            throw RARE;
        return 1 + head - TEXT;
    }
    u8() {
        return this.bytes[this.at++];
    }
    u16() {
        const { at } = this;
        this.at = at + 2;
        return this.view.getUint16(at);
    }
    u32() {
        const { at } = this;
        this.at = at + 4;
        return this.view.getUint32(at);
    }
    /** An integer of 64 bits whose upper half, signed or not, is `high`. */
    integer64(high) {
        if (high >= 0x20_0000 || high < -0x20_0000)
            throw RARE;
        const low = this.view.getUint32(this.at + 4);
        this.at += 8;
        return high * 0x1_0000_0000 + low;
    }
}
