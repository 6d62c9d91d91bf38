/** What the tables of keys of all readers have of a key: its text, and its bytes in the form that is compared. */

/** A key, as far as it is compared. What the readers guess by it is in their own classes. */
export class KnownKey {
  declare readonly text: string
  declare readonly bytes: Uint8Array
  /** The number of these bytes. */
  declare readonly size: number
  /** The first eight bytes as little-endian words, and which bits of them are the key's. */
  declare readonly low: number
  declare readonly high: number
  declare readonly lowMask: number
  declare readonly highMask: number

  constructor(text: string, bytes: Uint8Array) {
    const first = new DataView(new ArrayBuffer(16))
    for (let i = 0; i < 8 && i < bytes.length; i++) {
      first.setUint8(i, bytes[i] as number)
      first.setUint8(8 + i, 0xff)
    }
    this.text = text
    this.bytes = bytes
    this.size = bytes.length
    this.low = first.getInt32(0, true)
    this.high = first.getInt32(4, true)
    this.lowMask = first.getInt32(8, true)
    this.highMask = first.getInt32(12, true)
  }
}
