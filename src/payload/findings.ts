/** What readers of whole frames hand to the messages that are made of them. */

/** What a reader has found in a frame without the kernel, beside the payload; the same that the kernel's record has. */
export interface Findings {
  /** A record with the words that a payload takes over. */
  readonly words: Int32Array
  messageIndex: number
  flags: number
  requestType: number
  first: number
  second: number
  /** Number, text and classes of the URI; -1 and null when it is not interned. */
  ref: number
  text: string | null
  uriClass: number
  /** Number of entries in the index. */
  entries: number
}
