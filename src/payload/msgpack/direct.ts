/** MsgPack for the direct readers: no extensions, integers that a double holds. */
import type { Kernel } from '../../kernel/kernel.ts'
import { MSGPACK_HEADS, SORTS } from '../binary/heads.ts'
import { DirectReader, FALLBACK } from '../direct-reader.ts'
import type { ReadKey } from '../read-key.ts'

const TEXT = 0xa0
const NIL = 0xc0
/** Text with a length of one byte. */
const TEXT_8 = 0xd9

export class DirectMsgpack extends DirectReader {
  constructor(kernel: Kernel) {
    super(kernel, SORTS.subarray(MSGPACK_HEADS), 0)
  }

  value(parentKey: ReadKey): unknown {
    const head = this.bytes[this.at++] as number
    if (head < 0x80) return head
    if (head >= 0xe0) return head - 0x100
    if (head < 0x90) return this.map(head & 15, parentKey)
    if (head < TEXT) return this.list(head & 15, parentKey)
    if (head < NIL) return this.text(head & 31)
    const { at, view } = this
    switch (head) {
      case NIL:
        return null
      case 0xc2:
        return false
      case 0xc3:
        return true
      case 0xc4:
        return this.binary(this.u8())
      case 0xc5:
        return this.binary(this.u16())
      case 0xc6:
        return this.binary(this.u32())
      case 0xca:
        this.at = at + 4
        return view.getFloat32(at)
      case 0xcb:
        this.at = at + 8
        return view.getFloat64(at)
      case 0xcc:
        return this.u8()
      case 0xcd:
        return this.u16()
      case 0xce:
        return this.u32()
      case 0xcf:
        return this.integer64(view.getUint32(at))
      case 0xd0:
        this.at = at + 1
        return view.getInt8(at)
      case 0xd1:
        this.at = at + 2
        return view.getInt16(at)
      case 0xd2:
        this.at = at + 4
        return view.getInt32(at)
      case 0xd3:
        return this.integer64(view.getInt32(at))
      case TEXT_8:
        return this.text(this.u8())
      case 0xda:
        return this.text(this.u16())
      case 0xdb:
        return this.text(this.u32())
      case 0xdc:
        return this.list(this.u16(), parentKey)
      case 0xdd:
        return this.list(this.u32(), parentKey)
      case 0xde:
        return this.map(this.u16(), parentKey)
      case 0xdf:
        return this.map(this.u32(), parentKey)
      default:
        throw FALLBACK
    }
  }

  protected keySize(): number {
    const head = this.bytes[this.at] as number
    this.keyHead = head === TEXT_8 ? 2 : 1
    if (head === TEXT_8) return 2 + (this.bytes[this.at + 1] as number)
    if (head < TEXT || head >= NIL) throw FALLBACK
    return 1 + head - TEXT
  }

  private u8(): number {
    return this.bytes[this.at++] as number
  }

  private u16(): number {
    const { at } = this
    this.at = at + 2
    return this.view.getUint16(at)
  }

  private u32(): number {
    const { at } = this
    this.at = at + 4
    return this.view.getUint32(at)
  }

  /** An integer of 64 bits whose upper half, signed or not, is `high`. */
  private integer64(high: number): number {
    if (high >= 0x20_0000 || high < -0x20_0000) throw FALLBACK
    const low = this.view.getUint32(this.at + 4)
    this.at += 8
    return high * 0x1_0000_0000 + low
  }
}
