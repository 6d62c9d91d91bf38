/** CBOR for the direct readers: definite lengths, no tags, integers that a double holds. */
import type { Kernel } from '../../kernel/kernel.ts'
import { halfFloat } from '../binary/half-float.ts'
import { MSGPACK_HEADS, SORTS } from '../binary/heads.ts'
import { DirectReader, FALLBACK } from '../direct-reader.ts'
import type { ReadKey } from '../read-key.ts'

const TEXT = 0x60
/** Text with a length of one byte. */
const TEXT_8 = 0x78

export class DirectCbor extends DirectReader {
  constructor(kernel: Kernel) {
    super(kernel, SORTS.subarray(0, MSGPACK_HEADS), 0)
  }

  value(parentKey: ReadKey): unknown {
    const head = this.bytes[this.at++] as number
    const info = head & 31
    if (head >= 0xe0) return this.simple(info)
    const argument = info < 24 ? info : this.argument(info)
    switch (head >> 5) {
      case 0:
        return argument
      case 1:
        return -1 - argument
      case 2:
        return this.binary(argument)
      case 3:
        return this.text(argument)
      case 4:
        return this.list(argument, parentKey)
      case 5:
        return this.map(argument, parentKey)
      default:
        throw FALLBACK
    }
  }

  protected keySize(): number {
    const head = this.bytes[this.at] as number
    this.keyHead = head === TEXT_8 ? 2 : 1
    if (head === TEXT_8) return 2 + (this.bytes[this.at + 1] as number)
    if (head < TEXT || head > TEXT_8) throw FALLBACK
    return 1 + head - TEXT
  }

  private argument(info: number): number {
    const { at, view } = this
    switch (info) {
      case 24:
        this.at = at + 1
        return this.bytes[at] as number
      case 25:
        this.at = at + 2
        return view.getUint16(at)
      case 26:
        this.at = at + 4
        return view.getUint32(at)
      case 27: {
        const high = view.getUint32(at)
        if (high >= 0x20_0000) throw FALLBACK
        this.at = at + 8
        return high * 0x1_0000_0000 + view.getUint32(at + 4)
      }
      default:
        throw FALLBACK
    }
  }

  private simple(info: number): unknown {
    const { at, view } = this
    switch (info) {
      case 20:
        return false
      case 21:
        return true
      case 22:
      case 23:
        return null
      case 25:
        this.at = at + 2
        return halfFloat(view.getUint16(at))
      case 26:
        this.at = at + 4
        return view.getFloat32(at)
      case 27:
        this.at = at + 8
        return view.getFloat64(at)
      default:
        throw FALLBACK
    }
  }
}
