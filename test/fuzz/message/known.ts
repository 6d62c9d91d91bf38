/**
 * What the grammar leaves out for now, because the product is known to be wrong there and somebody mends it. Each is a
 * switch: take it away when its fault is mended, and the fuzzer makes such values again.
 */
export const KNOWN = {
  /** U3: Numbers from 2^53 to 1e21 become integers in JSON. While this is set they are written as `Float64`. */
  largeNumbers: true,
  /** A2: JSON numbers of 20 significant digits and more. While this is set peers write the shortest digits. */
  longDecimals: true,
  /**
   * A message whose args, kwargs or payload are set keeps views of the frame (the payload; bytes with `binary: 'view'`),
   * and its `detach()` leaves them there. While this is set, nobody reuses the buffer of such a message.
   */
  keptViews: true,
} as const
