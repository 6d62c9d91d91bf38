import { halfFloat } from "./decode-cbor.js";
import { DirectReader, RARE, SORT_DOUBLE, SORT_INTEGER } from "./direct-reader.js";
const SORTS = new Uint8Array(256).fill(SORT_INTEGER, 0, 0x40);
SORTS[0xfb] = SORT_DOUBLE;
const TEXT = 0x60;
/** Text with a length of one byte. */
const TEXT_8 = 0x78;
export class DirectCbor extends DirectReader {
    constructor(kernel) {
        super(kernel, SORTS, 0);
    }
    value(outer) {
        const head = this.bytes[this.at++];
        const info = head & 31;
        if (head >= 0xe0)
            return this.simple(info);
        const argument = info < 24 ? info : this.argument(info);
        switch (head >> 5) {
            case 0:
                return argument;
            case 1:
                return -1 - argument;
            case 2:
                return this.binary(argument);
            case 3:
                return this.text(argument);
            case 4:
                return this.list(argument, outer);
            case 5:
                return this.map(argument, outer);
            default:
                throw RARE;
        }
    }
    keySize() {
        const head = this.bytes[this.at];
        this.keyHead = head === TEXT_8 ? 2 : 1;
        if (head === TEXT_8)
            return 2 + this.bytes[this.at + 1];
        if (head < TEXT || head > TEXT_8)
            throw RARE;
        return 1 + head - TEXT;
    }
    argument(info) {
        const { at, view } = this;
        switch (info) {
            case 24:
                this.at = at + 1;
                return this.bytes[at];
            case 25:
                this.at = at + 2;
                return view.getUint16(at);
            case 26:
                this.at = at + 4;
                return view.getUint32(at);
            case 27: {
                const high = view.getUint32(at);
                if (high >= 0x20_0000)
                    throw RARE;
                this.at = at + 8;
                return high * 0x1_0000_0000 + view.getUint32(at + 4);
            }
            default:
                throw RARE;
        }
    }
    simple(info) {
        const { at, view } = this;
        switch (info) {
            case 20:
                return false;
            case 21:
                return true;
            case 22:
            case 23:
                return null;
            case 25:
                this.at = at + 2;
                return halfFloat(view.getUint16(at));
            case 26:
                this.at = at + 4;
                return view.getFloat32(at);
            case 27:
                this.at = at + 8;
                return view.getFloat64(at);
            default:
                throw RARE;
        }
    }
}
